import pytest

from dashboard.etl.grammar import NEGATED, PERFECT, PLAN, PLUPERFECT, PURPOSE, REPORTED
from dashboard.etl.inflection import forms
from dashboard.etl.tokens import tokenise
from dashboard.etl.triggers import Trigger, find_triggers, find_words, plural


def best(text: str) -> Trigger:
    tokens = tokenise(text)
    return find_triggers(tokens, find_words(tokens), 0, len(tokens))[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The two academies signed a memorandum of understanding.", "agreement"),
        ("A protocol was initialled by both rectors.", "agreement"),
        ("The ministers put pen to paper on a five-year accord.", "agreement"),
        ("The base document received the signatures of both sides.", "agreement"),
        ("The committee held its tenth session.", "meeting"),
        ("The joint commission convened in the capital.", "meeting"),
        ("The workshop took place in the old town.", "meeting"),
        ("There took place the third session of the commission.", "meeting"),
        ("A delegation of the academy toured the research centre.", "visit"),
        ("The minister arrived for a three-day visit.", "visit"),
        ("The minister paid an official visit to the institute.", "visit"),
        ("The university opened a joint laboratory.", "establishment"),
        ("A centre for materials opened its doors.", "establishment"),
        ("The association was officially launched.", "establishment"),
        ("They cut the ribbon of the laboratory.", "establishment"),
        ("Workers broke ground for the centre.", "establishment"),
        ("The country launched a remote-sensing satellite.", "launch"),
        ("A rocket blasted off from the coast.", "launch"),
        ("The wind farm entered service.", "launch"),
        ("The first tractor rolled off the line.", "launch"),
        ("The last turbine was coupled to the grid.", "launch"),
        ("Scientists have developed a new vaccine.", "breakthrough"),
        ("The team set a world record.", "breakthrough"),
        ("The bank approved a loan of 20 million euros.", "funding"),
        ("The institute won a grant.", "funding"),
        ("Engineers completed a training course.", "exchange"),
        ("Thirty hydrologists received their certificates.", "exchange"),
        ("The government unveiled its semiconductor roadmap.", "policy"),
        ("The authority has certified the vaccine.", "policy"),
        ("The treaty entered into force.", "policy"),
    ],
)
def test_which_event_a_sentence_reports(text: str, kind: str) -> None:
    found = best(text)
    assert found.type == kind
    assert found.weight >= 1.0


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("They signed a memorandum.", REPORTED),
        ("A memorandum was signed.", REPORTED),
        ("They have signed a memorandum.", PERFECT),
        ("They had signed a memorandum.", PLUPERFECT),
        ("They will sign a memorandum.", PLAN),
        ("A memorandum is to be signed.", PLAN),
        ("They plan to sign a memorandum.", PLAN),
        ("They came to sign a memorandum.", PURPOSE),
        ("They did not sign a memorandum.", NEGATED),
        ("They never signed a memorandum.", NEGATED),
    ],
)
def test_whether_it_happened(text: str, state: str) -> None:
    tokens = tokenise(text)
    found = [
        trigger for trigger in find_triggers(tokens, find_words(tokens), 0, len(tokens)) if trigger.type == "agreement"
    ]
    assert found[0].state == state


@pytest.mark.parametrize(
    ("lemma", "written"),
    [
        ("sign", {"sign", "signs", "signed", "signing"}),
        ("put pen to paper", {"put pen to paper", "puts pen to paper", "putting pen to paper"}),
        ("initial", {"initial", "initials", "initialed", "initialled", "initialing", "initialling"}),
        ("hold", {"hold", "holds", "held", "holding"}),
        ("fly", {"fly", "flies", "flew", "flown", "flying"}),
        ("open", {"open", "opens", "opened", "opening"}),
        ("kick off", {"kick off", "kicks off", "kicked off", "kicking off"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
    ],
)
def test_the_forms_of_a_verb(lemma: str, written: set[str]) -> None:
    assert {form for form, _ in forms(lemma)} == written


@pytest.mark.parametrize(
    ("noun", "several"),
    [
        ("laboratory", "laboratories"),
        ("memorandum of understanding", "memorandums of understanding"),
        ("launch", "launches"),
    ],
)
def test_plurals(noun: str, several: str) -> None:
    assert plural(noun) == several
