"""Quotations, and who speaks.

names     `people.py` finds the persons of a text. It builds on, from the ground up:

    `person.py`            a name, and what it tells
    `name_forms.py`        cases of names
    `name_words.py`        words that are somebody's name here
    `name_titles.py`       General Sir, Duke of, капитан 1-го ранга
    `name_parts.py`        the words of a name, and where it ends
    `name_reader.py`       where names stand
    `offices.py`           what is told beside a name: "the chief of staff, Welling,"
    `proofs.py`            whether a capitalised word is a person

words     `quotes.py` finds what stands between marks; `sorting.py` says what of it is spoken, by
          what stands around it (`signs.py`); `reported.py` finds speech without marks: X said that.

speakers  `speakers.py` says who speaks, one quotation after another. It builds on:

    the story
    `story.py`             the text, every quotation folded to one token
    `clauses.py`           the segments of a sentence
    `narrative.py`         words, sentences, cases between quotations

    who is told of
    `weights.py`           what a mention weighs: subject, object, owner
    `appositions.py`       two mentions that are one person
    `discourse.py`         everybody mentioned, in order
    `referents.py`         "he" and "she"
    `roles.py`             "the general", "the king"
    `phrase_words.py`      what the words of a phrase are
    `peoples.py`           "the Italian", "their"
    `bare_nouns.py`        «один из офицеров», «начальник дивизии»
    `phrases.py`           "a young officer", "one of the gunners"
    `joined.py`            "one of his officers, Captain Reid,": one of them
    `voices.py`            everybody in a stretch who may be speaking

    subject and owner
    `around_verb.py`       the clause around a verb of speech
    `bodies.py`            commands, newspapers, capitals, crowds
    `owners.py`            X's reply, a letter from X
    `told_of_before.py`    papers of the sentences before
    `subjects_by_case.py`  X написал: the nominative
    `subjects.py`          X wrote: Q
    `subjects_after.py`    Q, said X
    `papers.py`            who wrote a paper that does not tell it

    around a quotation
    `remarks.py`           what follows it: Q, according to X
    `chains.py`            X says that Y claimed: Q
    `hearers.py`           X heard, was told, saw Y asking: Q
    `messages.py`          a note from X: Q
    `writings.py`          papers, stones, mottos: signed, found, carved
    `introductions.py`     X wrote: Q, with all rules above
    `sentence_before.py`   X was blunt. Q
    `leads.py`             what leads up to it in its own sentence
    `citations.py`         brackets, a line below, a heading
    `turns.py`             the order of the lines
"""
