"""Laws estimated on other wars: `python -m calibration --data DIR` fits and writes them down.

    cases        opens the data sets, as their owners publish them
    posterior    estimators that know nothing of wars
    scoring      how good a probability was
    winner, losses, exchange, clashes, escalation, pacts, initiators, hostility      one law each
    finding      what a fit hands back; writes `measured.toml` and `docs/calibration.md`

A law is fitted on what lies outside the years held out (1930 to 1945 unless told otherwise), and
scored inside them.
"""
