"""Powers, places, pacts and persons that the gazetteer knows."""
