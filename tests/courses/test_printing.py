import threading
import time

import pytest

from courses.printing import CannotPrint, compile_pdf

PAGE = """#set document(title: "Essai")
#let data = json(bytes(sys.inputs.data))
#data.title
"""


def test_compile_pdf_is_the_same_for_the_same_data_and_in_another_thread() -> None:
    pages = [compile_pdf(PAGE, {"data": '{"title": "Être à Ségou : ɲɛ"}'})]

    time.sleep(1.1)  # the hour is written to the second
    other = threading.Thread(
        target=lambda: pages.append(compile_pdf(PAGE, {"data": '{"title": "Être à Ségou : ɲɛ"}'}))
    )
    other.start()
    other.join()

    assert pages[0].startswith(b"%PDF-")
    assert pages[0] == pages[1]
    assert pages[0] != compile_pdf(PAGE, {"data": '{"title": "Autre"}'})


def test_compile_pdf_never_runs_what_somebody_typed() -> None:
    typed = compile_pdf(PAGE, {"data": '{"title": "#panic(1) $ * _"}'})

    assert typed.startswith(b"%PDF-")


@pytest.mark.parametrize("source", ["#panic()", '#read("/etc/passwd")', '#read("../x")'])
def test_compile_pdf_refuses_a_source_that_fails_or_reads_a_file(source: str) -> None:
    with pytest.raises(CannotPrint):
        compile_pdf(source, {})
