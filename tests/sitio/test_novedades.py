"""Las novedades en Atom: las lee un lector cualquiera, su fecha sale de los datos y cada quien recibe lo suyo."""

from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from generador.alternas import alternas
from generador.atom import canales, escribir_canales
from generador.fichas import Fichas
from generador.novedades import novedades
from tests.datos.copia import copiar
from tests.sitio.conftest import AHORA, DATOS
from tests.sitio.datos_de_prueba import fichas_de
from tests.sitio.lector import leer

MAULE = "2027-feria-maule-sabores-y-oficios"


@pytest.fixture(scope="module")
def fichas() -> Fichas:
    return fichas_de(DATOS, AHORA)


def test_un_lector_entiende_cada_canal(portal: Path) -> None:
    archivos = sorted((portal / "novedades").rglob("*.xml"))
    assert len(archivos) > 20
    for archivo in archivos:
        canal = feedparser.parse(archivo.read_bytes())
        assert not canal.bozo, f"{archivo}: {canal.get('bozo_exception')}"
        assert canal.version == "atom10"
        assert canal.feed.id
        assert canal.feed.language == "es-CL"
        assert canal.feed.updated_parsed
        ruta = archivo.relative_to(portal).as_posix()
        assert {e.rel: e.href for e in canal.feed.links}["self"] == f"https://ferias-y-redes.example/{ruta}"
        assert len({e.id for e in canal.entries}) == len(canal.entries)
        for entrada in canal.entries:
            assert entrada.title
            assert entrada.summary
            destino = entrada.link.removeprefix("https://ferias-y-redes.example/")
            assert (portal / destino / "index.html").is_file(), entrada.link


def test_la_fecha_del_canal_es_la_de_su_ultima_entrada(portal: Path) -> None:
    for archivo in (portal / "novedades").rglob("*.xml"):
        canal = feedparser.parse(archivo.read_bytes())
        if canal.entries:
            assert canal.feed.updated_parsed == max(e.updated_parsed for e in canal.entries)


def test_construir_otro_dia_sin_novedades_deja_los_mismos_bytes(fichas: Fichas, tmp_path: Path) -> None:
    escribir_canales(fichas, tmp_path / "uno")
    escribir_canales(fichas_de(DATOS, AHORA + timedelta(hours=2)), tmp_path / "dos")
    for archivo in (tmp_path / "uno").rglob("*.xml"):
        assert archivo.read_bytes() == (tmp_path / "dos" / archivo.relative_to(tmp_path / "uno")).read_bytes()


def test_cuenta_lo_que_se_publica_se_abre_cambia_y_tiene_resultados(fichas: Fichas) -> None:
    clases = {(n.ficha.id, n.clase) for n in novedades(fichas)}
    assert {(MAULE, "publicada"), (MAULE, "abierta"), (MAULE, "cambios")} <= clases
    assert ("2026-rueda-coquimbo-valles-y-costa", "resultados") in clases
    # La de Arica abre después; la de O'Higgins se canceló.
    assert ("2027-encuentro-arica-sabores-del-desierto", "abierta") not in clases
    assert ("2026-encuentro-ohiggins-del-huerto-a-la-mesa", "abierta") not in clases


def test_nada_se_cuenta_antes_de_tiempo(fichas: Fichas) -> None:
    assert all(n.momento <= AHORA for n in novedades(fichas))
    temprano = fichas_de(DATOS, AHORA - timedelta(days=200))
    assert novedades(temprano) == []
    assert all(propias == [] for _, _, _, propias in canales(temprano))


def test_lo_menor_va_solo_en_el_canal_de_su_convocatoria(fichas: Fichas) -> None:
    propias = {ruta: {n.id.rsplit(":", 1)[1] for n in entradas} for ruta, _, _, entradas in canales(fichas)}
    menor, mayor = (f"convocatorias/{MAULE}/cambios/2026-11-{dia}" for dia in ("09", "18"))
    assert {menor, mayor} <= propias[f"convocatorias/{MAULE}"]
    # Admite a todo Chile: también se sigue desde Arica.
    for canal in ("todo", "regiones/07", "regiones/15", "componentes/1"):
        assert mayor in propias[canal]
        assert menor not in propias[canal]
    assert mayor not in propias["componentes/2"]
    # La rueda del sur admite a dos regiones: en las demás no se cuenta.
    rueda = "convocatorias/2027-rueda-los-rios-mesa-del-sur/publicada"
    assert {r for r in fichas.region if rueda in propias[f"regiones/{r}"]} == {"10", "14"}


def test_el_canal_de_la_convocatoria_trae_lo_que_cambia_en_su_evento(fichas: Fichas) -> None:
    entradas = next(e for ruta, _, _, e in canales(fichas) if ruta.endswith("coquimbo-valles-y-costa"))
    (del_evento,) = (n for n in entradas if n.ficha.ruta.startswith("/eventos/"))
    assert del_evento.titulo.startswith("Cambia de lugar: ")
    assert "Sede: Casa de reuniones de La Serena → Salón de La Serena. El salón anterior está en reparaciones." in (
        del_evento.lineas
    )


def test_un_texto_de_quien_edita_no_entra_como_codigo(tmp_path: Path) -> None:
    copia = copiar(tmp_path / "datos")
    copia.celda("convocatorias/convocatorias.csv", MAULE, "nombre", "Feria <script>alert(1)</script> & Cía")
    copia.celda("convocatorias/convocatorias.csv", MAULE, "resumen", "Un <b>puesto</b> & más.")
    escribir_canales(fichas_de(copia.carpeta, AHORA), tmp_path)
    crudo = (tmp_path / "novedades" / "convocatorias" / f"{MAULE}.xml").read_text(encoding="utf-8")
    assert "<script" not in crudo
    assert "<b>" not in crudo
    entrada = feedparser.parse(crudo, sanitize_html=False).entries[-1]
    assert "Feria <script>alert(1)</script> & Cía" in entrada.title
    assert "<p>Un &lt;b&gt;puesto&lt;/b&gt; &amp; más.</p>" in entrada.content[0].value


def test_cada_pagina_dice_que_canal_la_acompana(portal: Path, paginas: dict[str, str]) -> None:
    sin_canal = []
    for ruta, html in paginas.items():
        canales = [n for n in leer(html).todos("link") if n.atributos.get("type") == "application/atom+xml"]
        sin_canal += [] if canales else [ruta]
        for enlace in canales:
            assert enlace.atributos["rel"] == "alternate"
            assert (portal / enlace.atributos["href"].lstrip("/")).is_file(), ruta
    assert not [r for r in sin_canal if r.startswith(("/convocatorias/", "/eventos/", "/catalogo/"))]
    assert f'href="/novedades/convocatorias/{MAULE}.xml"' in paginas[f"/convocatorias/{MAULE}/"]


def test_lo_que_no_es_una_convocatoria_no_promete_un_canal_propio() -> None:
    assert str(alternas("/convocatorias/regiones/07/", {MAULE})).count("regiones/07.xml") == 1
    assert "/novedades/convocatorias/" not in alternas("/convocatorias/estados/abierta/", {MAULE})
    assert f"/novedades/convocatorias/{MAULE}.xml" in alternas(f"/convocatorias/{MAULE}/requisitos/", {MAULE})


def test_la_pagina_de_novedades_ofrece_cada_region_de_norte_a_sur(paginas: dict[str, str], fichas: Fichas) -> None:
    tabla = leer(paginas["/novedades/"]).uno("table", "canales")
    nombres = [th.texto for th in tabla.uno("tbody").todos("th")]
    regiones = [r["nombre"] for r in fichas.regiones]
    assert nombres == ["Todo Chile", "Ferias y catálogos", "Encuentros y ruedas", *regiones]
    textos = [a.texto for a in tabla.todos("a")]
    assert len(set(textos)) == len(textos) == 3 * 19
