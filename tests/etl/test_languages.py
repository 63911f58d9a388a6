import pytest

from dashboard.etl.languages import language_name, language_of
from tests.etl.files import OPENING


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (OPENING, "en"),
        ("Министерство науки подписало соглашение", "ru"),
        ("Міністерство науки підписало угоду про співробітництво", "uk"),
        ("Ғылым министрлігі Қытаймен ынтымақтастық туралы келісімге қол қойды", "kk"),
        ("Вазорати илм созишномаи ҳамкориро бо Чин имзо кард", "tg"),
        ("Le ministère de la science a signé un accord avec l'académie", "fr"),
        ("O ministério da ciência assinou um acordo com a academia", "pt"),
        ("El ministerio de ciencia firmó un acuerdo con la academia", "es"),
        ("中国科学院和西班牙国家研究委员会在合肥签署了一项合作协议", "zh"),
        ("日本と中国は東京で科学技術協力に関する覚書に署名した", "ja"),
        ("وزارت علوم نے چین کے ساتھ تعاون کے معاہدے پر دستخط کیے", "ur"),
        ("وزارت علوم تفاهم‌نامه همکاری با چین را امضا کرد", "fa"),
        ("وقعت وزارة العلوم اتفاقية تعاون مع الصين في القاهرة", "ar"),
        ("Bakanlık Çin ile iş birliği anlaşması imzaladı, dedi yetkili", "tr"),
        ("Das Ministerium unterzeichnete gestern ein Abkommen", "de"),
        ("Quantum memory Hefei CSIC USTC", ""),
        ("Hefei 2025", ""),
        ("", ""),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", ""),
    ],
)
def test_a_text_is_known_or_left_open(text: str, code: str) -> None:
    assert language_of(text) == code


def test_dutch_and_german_words_that_english_shares_do_not_make_english() -> None:
    text = "De minister was blij met of zonder akkoord, en de delegatie is op weg van Den Haag naar Brussel voor het overleg over de ruimtevaart en de wetenschap."
    assert language_of(text) == "nl"


def test_a_language_has_a_name_where_the_list_knows_it() -> None:
    assert (language_name("ru"), language_name("eo")) == ("Russian", "eo")
