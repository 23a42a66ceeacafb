"""Quantities: a number of something, with its unit.

    quantities     reads a text from left to right and says how sure it is
    ranges         ten to fifteen divisions
    single         300 men, and which rules a single number passes
    bare           12 returned; one gun
    forms          several hundred; half an hour; a mile and a half; трёхмесячная

    figures        no numbers of the text: codes, references, notes, lists, pages
    clock          times of day
    labels         names: Hill 203, Nos. 10 and 4, calibres, streets, ordinals
    proportions    two thirds, three to one

    modifiers      about, at least, never more than
    scales         two or three hundred, $3.5m
    nouns          what is counted
    fates          what is counted by the words around it: killed, officers, men
    owners         whose it is
    drafts         a quantity before the sentence has its say
    text           what all rules share

Rules are functions of a `Text`, which holds what the last numbers left for the next one.
"""
