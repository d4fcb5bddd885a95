import pytest

from pipeline.repair import decode

SPANISH = (
    "El año pasado, según la compañía, el clúster costó más. ¿Cuánto? Él añadió: «así es», y la razón está aquí.\n"
    "También el pingüino de Ávila pedía más señales.\n"
)


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "macintosh", "utf-16", "no such charset", "base64"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac_roman", "cp850"],
)
def test_bytes_are_read_right_whatever_is_declared(encoding, declared):
    """Spanish is read right from its bytes; a wrong charset in the header does not mislead, a mark is not text."""
    assert decode(SPANISH.encode(encoding), declared=declared).text == SPANISH


def test_wrong_declaration_inside_the_file():
    """A meta element or an XML declaration that lies is only evidence."""
    html = '<html><head><meta charset="iso-8859-1"></head>' + SPANISH
    xml = '<?xml version="1.0" encoding="utf-8"?>' + SPANISH
    assert decode(html.encode()).text == html
    assert decode(xml.encode("cp1252")).text == xml


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Модель обучили на большом объёме данных, это дорого", "cp1251"),
        ("Модель обучили на большом объёме данных, это дорого", "koi8-r"),
        ("模型在大量数据上训练，成本很高，我们都知道这一点", "gb18030"),
        ("モデルは大量のデータで訓練された。これは高いです", "cp932"),
        ("Το μοντέλο εκπαιδεύτηκε σε πολλά δεδομένα", "cp1253"),
        ("Zażółć gęślą jaźń, Łódź, dziękuję bardzo", "cp1250"),
    ],
)
def test_other_languages(text, encoding):
    """Other scripts are read right, declared or not."""
    assert decode(text.encode(encoding), declared=encoding).text == text
    assert decode(text.encode(encoding)).text == text


def test_declaration_decides_what_the_letters_do_not():
    """Turkish and Western letters share bytes: there the declaration decides."""
    text = "Türkçe şarkı öğrenci çoğu yağmur"
    assert decode(text.encode("cp1254"), declared="windows-1254").text == text


def test_declared_iso_2022_jp():
    """An encoding that looks like ASCII is read where it is declared."""
    text = "これは高いです"
    assert decode(text.encode("iso2022_jp"), declared="iso-2022-jp").text == text


def test_stray_bytes_in_utf8():
    """A Windows-1252 letter in a word of a UTF-8 file is read; what makes no word is lost, visible and counted."""
    found = decode("la señal añadió más".encode() + b" a\xf1o \xff\xfe fin")
    assert found.text == "la señal añadió más año �� fin"
    assert (found.encoding, found.lost) == ("utf-8", 2)
    assert "1 letters in Windows-1252" in found.explanation


def test_cut_in_the_middle_of_a_letter():
    """A file that ends within a letter loses that letter only."""
    found = decode("el año señaló más".encode() + b"\xc3")
    assert (found.text, found.lost) == ("el año señaló más�", 1)


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xfe\xff\xd8", b"\xff\xfea", bytes(range(256)), b"\x00" * 9])
def test_any_bytes_give_a_text(data):
    """Whatever the bytes are, a text comes back that can be stored."""
    assert isinstance(decode(data).text.encode("utf-8", "surrogatepass"), bytes)
