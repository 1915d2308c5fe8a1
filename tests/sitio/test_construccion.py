"""Construir el portal: siempre igual para lo mismo, nunca a medias y sin dejar pasar lo que no debe."""

import hashlib
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from funciones.dominio.celda_segura import celda_segura
from generador import __main__ as orden
from generador.abiertos import sin_formulas
from generador.inocuo import PaginaPeligrosa, exigir
from generador.prosa import en_html
from generador.reemplazo import reemplazar
from tests.sitio.conftest import AHORA, DATOS, RAIZ, Construir
from tests.sitio.lector import Nodo, leer

MAULE = "2027-feria-maule-sabores-y-oficios"
ATAQUE = '<script>alert(1)</script><b onclick="x">"hola"'


def huellas(portal: Path) -> dict[str, str]:
    return {
        a.relative_to(portal).as_posix(): hashlib.sha256(a.read_bytes()).hexdigest()
        for a in sorted(portal.rglob("*"))
        if a.is_file()
    }


def copiar(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATOS, tmp_path / "datos"))


def cambiar(archivo: Path, antes: str, despues: str) -> None:
    texto = archivo.read_text(encoding="utf-8")
    assert antes in texto
    archivo.write_text(texto.replace(antes, despues), encoding="utf-8")


def test_dos_construcciones_iguales_dan_los_mismos_bytes(portal: Path, construido: Construir) -> None:
    assert huellas(construido("otra")) == huellas(portal)


def test_otro_minuto_solo_cambia_la_hora_de_publicacion(portal: Path, construido: Construir) -> None:
    despues = construido("despues", ahora=AHORA + timedelta(minutes=1))
    antes = huellas(portal)
    distintos = [r for r, h in huellas(despues).items() if antes[r] != h]
    assert distintos
    for ruta in distintos:
        uno, otro = ((p / ruta).read_text(encoding="utf-8") for p in (portal, despues))
        borrar = re.compile(r"Según la publicación del <time.*?</time>")
        assert borrar.sub("", uno) == borrar.sub("", otro), ruta


def test_otro_dia_cambia_el_estado_segun_las_fechas(construido: Construir) -> None:
    portal = construido("enero", ahora=AHORA + timedelta(days=60))
    pagina = leer((portal / "convocatorias" / MAULE / "index.html").read_text(encoding="utf-8"))
    assert pagina.uno("main").uno("span", "est").texto == "Con resultados"


def test_sin_ninguna_convocatoria_abierta_la_portada_lo_dice(construido: Construir) -> None:
    portal = construido("lejos", ahora=AHORA + timedelta(days=4000))
    aviso = next(
        p for p in leer((portal / "index.html").read_text(encoding="utf-8")).todos("p") if "data-vacio" in p.atributos
    )
    assert "hidden" not in aviso.atributos


def test_un_paquete_invalido_deja_intacto_el_portal_anterior(
    tmp_path: Path, construido: Construir, capsys: pytest.CaptureFixture[str]
) -> None:
    portal = construido("bueno")
    antes = huellas(portal)
    datos = copiar(tmp_path)
    cambiar(datos / "convocatorias" / "convocatorias.csv", "2026-12-07T15:00", "7/12/2026")
    argumentos = ["portal", "--datos", str(datos), "--salida", str(portal), "--ahora", AHORA.isoformat()]
    assert orden.main(argumentos) == 1
    assert "cierre" in capsys.readouterr().err
    assert huellas(portal) == antes


def test_una_falla_al_dibujar_deja_intacto_el_portal_anterior(
    tmp_path: Path, construido: Construir, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = construido("bueno")
    antes = huellas(portal)
    monkeypatch.setattr("generador.portal.CONFIGURACION", tmp_path / "no-existe.yml")
    with pytest.raises(Exception, match="no-existe"):
        construido("bueno", ahora=AHORA + timedelta(days=1))
    assert huellas(portal) == antes


def test_el_texto_hostil_de_una_celda_sale_como_texto(tmp_path: Path, construido: Construir) -> None:
    datos = copiar(tmp_path)
    celda = '"' + ATAQUE.replace('"', '""') + '"'
    cambiar(datos / "convocatorias" / "convocatorias.csv", "Feria de verano «Sabores y oficios»", celda)
    cambiar(datos / "catalogos" / "productos.csv", '"Cántaro de greda, 2 litros"', celda)
    portal = construido("hostil", datos=datos)
    for ruta in (f"convocatorias/{MAULE}", "catalogo/productos/cantaro-de-greda", "catalogo", ""):
        html = (portal / ruta / "index.html").read_text(encoding="utf-8")
        assert "<script>" not in html
        assert "onclick=" not in html.replace("&lt;b onclick=", "").replace("\\u003cb onclick=", "")
        assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("destino", [r"/\otro.example", r"/\\otro.example", "/&#92;otro.example", "//otro.example"])
def test_un_enlace_que_parece_propio_y_sale_del_portal_queda_sin_direccion(destino: str) -> None:
    assert str(en_html(f"[x]({destino})")) == "<p><a>x</a></p>"


def test_las_bases_no_traen_html_ni_direcciones_peligrosas() -> None:
    html = en_html(
        "# Título\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) "
        "[b](data:text/html,x) [c](https://www.sii.cl) ![d](https://otro.example/x.png)\n\n## Punto\n"
    )
    arbol = leer(str(html))
    assert not arbol.todos("script") + arbol.todos("img") + arbol.todos("h1")
    assert [a.atributos.get("href") for a in arbol.todos("a")] == [None, None, "https://www.sii.cl"]
    assert arbol.uno("h3").texto == "Punto"


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a href="javascript:x">',
        '<a href=" java\nscript:x">',
        '<img src="https://otro.example/x.png">',
        '<script src="//otro.example/x.js"></script>',
        '<link rel="stylesheet" href="https://otro.example/x.css">',
        '<b onclick="x">',
        '<iframe src="/x">',
        '<form action="data:x">',
        '<script type="application/ld+json">{"a":"<b>"}</script>',
        '<script type="application/ld+json" id="x">{}</script>',
        '<script type="text/javascript">x</script>',
        '<script type="application/ld+json" src="//otro.example/x.js"></script>',
    ],
)
def test_una_pagina_con_algo_que_la_politica_no_deja_no_se_publica(html: str) -> None:
    with pytest.raises(PaginaPeligrosa):
        exigir("/x/", html)


def test_lo_normal_si_se_publica() -> None:
    exigir("/x/", '<script src="/tema/estado.js" defer></script><a href="https://www.sii.cl">SII</a><a href="#a">a</a>')
    exigir(
        "/x/",
        '<script type="application/ld+json">{"a":"\\u003cb\\u003e"}</script><a href="webcal://portal.example/a">a</a>',
    )
    exigir("/x/", '<script type="application/ld+json">{"a":" onclick= x"}</script>')


@pytest.mark.parametrize("celda", ["=1+1", "+1", "-1", "@x", "\t=1", "\rx", " =1+1", "\n@x", "\u00a0-1", " \r\n+1"])
def test_una_formula_con_espacios_o_saltos_delante_tambien_se_neutraliza(celda: str) -> None:
    assert celda_segura(celda) == f"'{celda}"
    assert celda_segura(f"x{celda}") == f"x{celda}"


def test_una_celda_que_parece_formula_se_publica_neutralizada(portal: Path) -> None:
    from generador.esquemas import leer_esquemas

    recurso = leer_esquemas(DATOS)["catalogos"].recursos["productos"]
    columnas = list(recurso.campos)
    fila = {c: "" for c in columnas} | {"nombre": '=HYPERLINK("x")', "precio_clp": "-5", "unidad": "@x"}
    texto = ",".join(columnas) + "\n" + ",".join('"' + fila[c].replace('"', '""') + '"' for c in columnas) + "\n"
    salida = sin_formulas(texto, recurso)
    assert "'=HYPERLINK" in salida
    assert "'@x" in salida
    assert ",-5," in salida


def test_el_reemplazo_deja_una_sola_carpeta(tmp_path: Path) -> None:
    viejo, nuevo = tmp_path / "salida", tmp_path / "obra" / "portal"
    for carpeta, texto in ((viejo, "viejo"), (nuevo, "nuevo")):
        carpeta.mkdir(parents=True)
        (carpeta / "index.html").write_text(texto, encoding="utf-8")
    reemplazar(nuevo, viejo)
    assert (viejo / "index.html").read_text(encoding="utf-8") == "nuevo"
    assert not nuevo.exists()


def test_sin_intercambio_del_sistema_tambien_reemplaza(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generador.reemplazo._intercambiar", lambda uno, otro: False)
    test_el_reemplazo_deja_una_sola_carpeta(tmp_path)


def test_los_datos_publicados_son_utf8_y_se_describen(portal: Path) -> None:
    for paquete in ("convocatorias", "eventos", "catalogos", "indicadores", "parametros"):
        assert (portal / "datos" / paquete / "datapackage.json").is_file()
        for tabla in (DATOS / paquete).glob("*.csv"):
            publicado = (portal / "datos" / paquete / tabla.name).read_bytes()
            assert b"\r" not in publicado
            assert publicado.decode("utf-8").count("\n") >= 1


def test_las_paginas_de_las_funciones_llevan_el_mismo_techo_y_pie(portal: Path) -> None:
    entorno = Environment(loader=FileSystemLoader(RAIZ / "plantillas"), autoescape=True, undefined=StrictUndefined)
    plantilla = entorno.from_string(
        '{% extends "base.html.j2" %}{% block titulo %}Tu postulación{% endblock %}'
        "{% block contenido %}<h1>{{ texto }}</h1>{% endblock %}"
    )
    propia = leer(plantilla.render(region_orden=9, nav_actual="ferias", texto="<b>"))
    nuestra = leer((portal / "convocatorias" / MAULE / "index.html").read_text(encoding="utf-8"))
    for etiqueta in ("header", "footer"):
        assert _esqueleto(propia.uno(etiqueta)) == _esqueleto(nuestra.uno(etiqueta))
    assert propia.uno("title").texto == "Tu postulación · Ferias y Redes"
    assert propia.uno("h1").texto == "<b>"
    suelta = leer(plantilla.render(texto="x"))
    assert not suelta.uno("svg", "toldo").todos("path", "z")


def _esqueleto(nodo: Nodo) -> list[tuple[str, dict[str, str], str]]:
    return [(n.etiqueta, n.atributos, n.texto) for n in nodo.todos()]
