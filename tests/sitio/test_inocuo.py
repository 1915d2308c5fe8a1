"""La revisión rápida de las páginas no deja pasar lo peligroso aunque venga escrito de otra manera."""

import pytest

from generador import cascaron
from generador.inocuo import PaginaPeligrosa, exigir
from generador.portal import CONFIGURACION, PLANTILLAS, TEMA
from tests.sitio.conftest import AHORA

# Lo que Markdown deja pasar: HTML crudo, direcciones que ejecutan y atributos entre llaves.
ATAQUES = {
    "guion": "<script>alert(1)</script>",
    "manejador": "Hola <img src=/x.png onerror=alert(1)>",
    "dibujo": "<svg onload=alert(1)></svg>",
    "direccion": "[ver](javascript:alert(1))",
    "foto-ajena": "![foto](https://otro.example/x.png)",
    "otro-sitio": r"[ver](/\otro.example)",
    "formulario": '<form action="https://otro.example/"><input name="rut"></form>',
    "salto": '<meta http-equiv="refresh" content="0;url=https://otro.example/">',
    "atributo": "Hola\n{: onclick=alert(1) }",
    "estilo": "Hola\n{: style=position:fixed }",
}
INOCENTE = "Se escribe `<script>alert(1)</script>` y lleva a [el SII](https://www.sii.cl)."


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
        '<link rel="canonical" href="https://otro.example/x/">',
        "<LINK REL=Canonical HREF=//otro.example/x/>",
        '<link rel="alternate" type="application/atom+xml" href="https://otro.example/x.xml">',
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


@pytest.fixture(scope="module")
def editoriales(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Una página escrita a mano por cada ataque, dibujada por MkDocs como las de verdad."""
    obra = tmp_path_factory.mktemp("obra")
    paginas = obra / "escritas"
    paginas.mkdir()
    for nombre, texto in {**ATAQUES, "inocente": INOCENTE}.items():
        (paginas / f"{nombre}.md").write_text(f"# Página\n\n{texto}\n", encoding="utf-8")
    cascaron.preparar(paginas, TEMA, PLANTILLAS / "partes", obra)
    configuracion = obra / "mkdocs.yml"
    configuracion.write_text(CONFIGURACION.read_text(encoding="utf-8").partition("\nnav:")[0], encoding="utf-8")
    dibujadas = dict(cascaron.paginas_editoriales(cascaron.dibujar(configuracion, obra, AHORA)))
    return {ruta.removesuffix("/index.html"): html for ruta, html in dibujadas.items()}


@pytest.mark.parametrize("nombre", ATAQUES)
def test_una_pagina_escrita_a_mano_con_un_ataque_no_se_publica(editoriales: dict[str, str], nombre: str) -> None:
    with pytest.raises(PaginaPeligrosa):
        exigir(f"/{nombre}/", editoriales[nombre])


def test_una_pagina_escrita_a_mano_puede_mostrar_codigo_sin_que_corra(editoriales: dict[str, str]) -> None:
    exigir("/inocente/", editoriales["inocente"])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in editoriales["inocente"]


def test_las_palabras_que_se_parecen_a_un_atributo_no_molestan() -> None:
    exigir("/x/", '<a href="/x/?convocatoria=1&amp;onda=2">El estilo de la acción es action: x, data y src</a>')


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="canonical" href="/x/"><link rel="alternate" type="application/atom+xml" href="/x.xml">',
        '<picture><source srcset="/x-320.avif 320w, /x-640.avif 640w" type="image/avif"><img src="/x.png"></picture>',
        "<img src='/x.png' srcset='/x.png 1x, /y.png 2x'>",
        '<form action="/api/postular" method="post"><input type="submit"></form>',
        '<svg><use href="#uno" x="3"/><use href="/tema/x.svg#uno"></use></svg>',
        '<a href="https://www.sii.cl">SII</a><a href="otra/">otra</a>',
    ],
)
def test_lo_propio_y_lo_que_solo_enlaza_se_publica(html: str) -> None:
    exigir("/x/", html)
