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
        '<meta http-equiv="refresh" content="0;url=https://otro.example">',
        "<meta HTTP-EQUIV=refresh content='0;url=https://otro.example'>",
        '<img src="/x.png" srcset="https://otro.example/x.png 2x">',
        '<img src="/x.png" srcset="/x.png 1x, //otro.example/x.png 2x">',
        '<source srcset="//otro.example/x.avif">',
        '<source srcset="/&#47;otro.example/x.avif">',
        '<video poster="https://otro.example/x.png"></video>',
        '<form action="https://otro.example/"></form>',
        r'<form action="/\otro.example/"></form>',
        '<button formaction="//otro.example/">Enviar</button>',
        '<a href="/x/" ping="https://otro.example/">x</a>',
        '<a href="/x/" ping="/x/ https://otro.example/">x</a>',
        '<input type="image" src="https://otro.example/x.png">',
        '<input type=image src="/x.png">',
        '<svg><a href="/x/"><set attributeName="href" to="javascript:x"/></a></svg>',
        '<svg><animate attributeName="href" values="javascript:x"/></svg>',
        '<svg><image href="https://otro.example/x.png"/></svg>',
        '<link title=">" rel="stylesheet" href="https://otro.example/x.css">',
        '<link rel="preconnect" href="https://otro.example">',
        '<body background="https://otro.example/x.png">',
        r'<a href="/\otro.example/">x</a>',
        '<a href="/\t/otro.example/">x</a>',
        '<a href="/&#92;otro.example/">x</a>',
        '<a href="//otro.example/">x</a>',
        r'<img src="/\otro.example/x.png">',
    ],
)
def test_lo_peligroso_escrito_de_otra_manera_tampoco_se_publica(html: str) -> None:
    with pytest.raises(PaginaPeligrosa):
        exigir("/x/", f'<p class="x">hola</p>{html}')


def test_las_palabras_que_se_parecen_a_un_atributo_no_molestan() -> None:
    exigir("/x/", '<a href="/x/?convocatoria=1&amp;onda=2">El estilo de la acción es action: x, data y src</a>')


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="canonical" href="https://ferias-y-redes.example/x/">',
        '<link rel="alternate" type="application/atom+xml" href="https://ferias-y-redes.example/x.xml">',
        '<picture><source srcset="/x-320.avif 320w, /x-640.avif 640w" type="image/avif"><img src="/x.png"></picture>',
        "<img src='/x.png' srcset='/x.png 1x, /y.png 2x'>",
        '<form action="/api/postular" method="post"><input type="submit"></form>',
        '<svg><use href="#uno" x="3"/><use href="/tema/x.svg#uno"></use></svg>',
        '<a href="https://www.sii.cl">SII</a><a href="otra/">otra</a>',
    ],
)
def test_lo_propio_y_lo_que_solo_enlaza_se_publica(html: str) -> None:
    exigir("/x/", html)
