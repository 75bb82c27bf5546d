"""Ways off the platform: addresses in disguise are found, and the end of a sentence is none."""

import time

import pytest

from host.core.contacts import contacts
from host.core.fold import fold


def links(text: str) -> list[str]:
    return [contact.text for contact in contacts(fold(text)) if contact.kind == "link"]


@pytest.mark.parametrize(
    "text",
    [
        "usually $49. Live price $39.00",
        "now 19.90. Shop now",
        "It is 19.90.Shop now",
        "It costs 25. Store it dry",
        "Rated 4.8. Top of the list",
        "It weighs 310 g. Me too",
        "Link 2. Online now",
        "Follow us. Live at 8",
        "It is light. Me and my son use it",
        "Tap the card. Shop with us",
        "Great for a club. Club members like it",
        "Only 5. Us two like it",
        "容量1.5L。 Live now",
        "2.5 cn",
        "八点 live",
        "20点 net weight",
        "Soft cotton. Net weight 500 g",
        "Made of steel. Info on the page",
    ],
)
def test_the_end_of_a_sentence_is_no_link(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "abc dot com",
        "abc . com",
        "abc. com",
        "abc点com",
        "abc 点 com",
        "abc . net",
        "abc dot net",
        "go to my-mugs.shop",
        "mugs4u.live/deal",
        "shop.mugs.top",
        "mugs dot shop",
        "mugs dot live",
        "123mugs . com",
        "www. mugs",
        "163.com",
        "http://x.cn",
        "www.xxx.com",
    ],
)
def test_an_address_in_disguise_is_a_link(text: str) -> None:
    assert links(text)


@pytest.mark.parametrize("text", ["a." * 500, "a-" * 500, "a-." * 330, "a . " * 250, "1" * 1000, "a dot " * 160])
def test_hostile_text_is_read_soon(text: str) -> None:
    began = time.process_time()
    links(text)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("text", ["a@b.com", "a @ b . com", "mugs at example dot com", "mugs at example.com"])
def test_a_mail_address_in_disguise_is_found(text: str) -> None:
    assert "mail" in {contact.kind for contact in contacts(fold(text))}


@pytest.mark.parametrize("text", ["Now at 19. Shop now", "Use it at home. It is light", "Live at 8. Net weight 500 g"])
def test_at_in_a_sentence_is_no_address(text: str) -> None:
    assert not list(contacts(fold(text)))
