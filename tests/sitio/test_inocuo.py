"""La revisión rápida de las páginas no deja pasar lo peligroso aunque venga escrito de otra manera."""

import pytest

from generador.inocuo import PaginaPeligrosa, exigir


@pytest.mark.parametrize(
    "html",
    [
        '<A HREF="JavaScript:x">',
        "<a\thref=javascript:x>",
        "<a href='javascript:x'>",
        '<a href = "data:x">',
        '<img/src="//otro.example/x.png">',
        "<svg/onload=x>",
        '<button formaction="javascript:x">',
        '<ObJect data="x">',
        '<use href="//otro.example/x.svg">',
        '<p\nSTYLE = "color:red">',
        '<script\nsrc="//otro.example/x.js"></script>',
    ],
)
def test_lo_peligroso_escrito_de_otra_manera_tampoco_se_publica(html: str) -> None:
    with pytest.raises(PaginaPeligrosa):
        exigir("/x/", f'<p class="x">hola</p>{html}')


def test_las_palabras_que_se_parecen_a_un_atributo_no_molestan() -> None:
    exigir("/x/", '<a href="/x/?convocatoria=1&amp;onda=2">El estilo de la acción es action: x, data y src</a>')
