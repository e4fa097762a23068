"""The words of PDF and office files: read by a process that dies at its limits; bombs are refused."""

import io
import zipfile

import pytest

from handrail.files import forgetting, storing, words
from handrail.files.documents import limits
from handrail.files.documents.reading import read
from handrail.files.documents.refusal import Unreadable
from handrail.files.models import DocumentText, StoredFile
from handrail.kit import clock
from tests.documents import a_pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUNS = "<w:r><w:t>Zep</w:t></w:r><w:r><w:t>pelin</w:t></w:r>"
WORD = f"<w:document {W}><w:body><w:p>{RUNS}</w:p></w:body></w:document>"
OFFICE = {
    "word/document.xml": WORD,
    "xl/sharedStrings.xml": "<sst><si><t>Zeppelin</t></si></sst>",
    "xl/worksheets/sheet1.xml": '<s><row><c t="s"><v>77</v></c><c><v>4711</v></c></row><x>Zeppelin</x></s>',
    "ppt/slides/slide1.xml": '<a:p xmlns:a="a"><a:t>Zeppelin</a:t></a:p>',
    "content.xml": "<office><text:p xmlns:text='t'>Zeppelin</text:p></office>",
}


def zipped(**parts: str | bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return kept.getvalue()


@pytest.fixture
def file_of(tmp_path):
    def of(content):
        path = tmp_path / "document"
        path.write_bytes(content)
        return path

    return of


@pytest.mark.parametrize("part", OFFICE)
def test_the_words_of_office_files_are_read(file_of, part):
    assert "Zeppelin" in read(file_of(zipped(**{part: OFFICE[part]})))


def test_of_a_sheet_numbers_are_words_and_the_places_of_shared_texts_are_not(file_of):
    found = read(file_of(zipped(**{"xl/worksheets/sheet1.xml": OFFICE["xl/worksheets/sheet1.xml"]})))

    assert "4711" in found
    assert "77" not in found


def test_the_words_of_a_pdf_are_read(file_of):
    assert "Zeppelin over Bergen" in read(file_of(a_pdf("Zeppelin over Bergen")))


BOMB = b"<office>" + b"a" * (limits.UNPACKED_BYTES + limits.MB) + b"</office>"
LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><office>&b;</office>"
HOSTILE = {
    "encrypted": a_pdf("Zeppelin", password="secret"),
    "declares-entities": zipped(**{"content.xml": LAUGHS}),
    "too-deep": zipped(**{"content.xml": "<a>" * 5_000 + "</a>" * 5_000}),
    "damaged-xml": zipped(**{"content.xml": "<a><b></a>"}),
    "damaged-zip": b"PK\x03\x04 and nothing more",
    "too-many-parts": zipped(**{f"part{n}": "" for n in range(limits.MEMBERS + 1)}),
    "no-document": b"plain words",
}


@pytest.mark.parametrize("why", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_with_a_word(file_of, why):
    with pytest.raises(Unreadable, match=why):
        read(file_of(HOSTILE[why]))


def test_of_a_bomb_no_more_is_unpacked_than_is_needed(file_of):
    assert len(read(file_of(zipped(**{"content.xml": BOMB})))) == limits.LETTERS
    wordless = b"<a of='" + b"-" * 4_000 + b"'/>"
    silent = b"<office>" + wordless * (limits.UNPACKED_BYTES // len(wordless) + 1) + b"</office>"
    with pytest.raises(Unreadable, match="too-large-unpacked"):
        read(file_of(zipped(**{"content.xml": silent})))


def test_a_broken_pdf_is_refused(file_of):
    with pytest.raises(Unreadable):
        read(file_of(b"%PDF-1.7\n" + b"\xff" * 2_000))


def test_the_same_bytes_are_read_once_and_forgotten_with_their_last_file(db):
    files = [storing.store(name="a.pdf", content=a_pdf("Zeppelin"), at=clock.now()) for _each in range(2)]

    assert words.read_words(files, at=clock.now())
    assert not words.read_words(files, at=clock.now())
    assert "Zeppelin" in words.known_words(files)[files[0].sha256]
    forgetting.forget([files[0].pk], at=clock.now())
    assert DocumentText.objects.count() == 1
    forgetting.forget([files[1].pk], at=clock.now())

    assert not DocumentText.objects.exists()
    assert not StoredFile.objects.exists()
