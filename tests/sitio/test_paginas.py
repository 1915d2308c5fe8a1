"""Lo que toda página publicada cumple: forma, enlaces, peso, seguridad y la marca de demostración."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from tests.sitio.lector import Nodo, leer

EXCEPTUADAS_DE_GUIA = {"/mesa/"}
TECHO_GENERADA = 15_000
TECHO_PRIMERA_VISITA = 65_000
LO_QUE_QUEREMOS = 30_000
TECHO_PRECHEQUEO = 40_000


@pytest.fixture(scope="module")
def arboles(paginas: dict[str, str]) -> dict[str, Nodo]:
    return {ruta: leer(html) for ruta, html in paginas.items()}


def test_hay_una_pagina_de_cada_clase(paginas: dict[str, str]) -> None:
    for ruta in (
        "/", "/convocatorias/", "/encuentros/", "/eventos/", "/catalogo/", "/indicadores/", "/ruta/", "/datos/",
        "/ayuda/", "/privacidad/", "/accesibilidad/", "/glosario/", "/publicar/", "/decisiones/", "/404.html",
        "/preguntas/", "/centros/", "/anios/", "/anios/2025/", "/indicadores/origen/", "/indicadores/encuesta/",
        "/datos/indicadores/",
    ):  # fmt: skip
        assert ruta in paginas, ruta
    for carpeta in ("convocatorias", "eventos", "catalogo/empresas", "catalogo/productos", "catalogo/eventos"):
        assert any(re.fullmatch(rf"/{carpeta}/[a-z0-9-]+/", ruta) for ruta in paginas), carpeta


def test_no_queda_ningun_hueco_del_cascaron(paginas: dict[str, str]) -> None:
    assert not [ruta for ruta, html in paginas.items() if re.search(r"@@[a-z]+@@", html)]
    assert "/cascara/" not in paginas


def test_cada_pagina_tiene_idioma_titulo_un_h1_y_salto_al_contenido(arboles: dict[str, Nodo]) -> None:
    for ruta, arbol in arboles.items():
        assert arbol.uno("html").atributos["lang"] == "es-CL", ruta
        assert len(arbol.todos("title")) >= 1, ruta
        assert arbol.uno("title").texto.endswith("Ferias y Redes"), ruta
        assert len(arbol.todos("h1")) == 1, ruta
        salto = arbol.uno("a", "saltar")
        assert salto.atributos["href"] == "#contenido", ruta
        assert arbol.uno("main").atributos["id"] == "contenido", ruta


def test_cada_pagina_empieza_con_su_frase_de_guia(arboles: dict[str, Nodo]) -> None:
    for ruta, arbol in arboles.items():
        if ruta in EXCEPTUADAS_DE_GUIA:
            continue
        guias = arbol.uno("main").todos("p", "guia")
        assert len(guias) == 1, ruta
        assert guias[0].texto, ruta


def test_los_titulos_de_pagina_no_se_repiten(arboles: dict[str, Nodo]) -> None:
    titulos = [arbol.uno("title").texto for arbol in arboles.values()]
    assert len(set(titulos)) == len(titulos)


def test_la_seccion_actual_se_marca_en_el_menu(arboles: dict[str, Nodo]) -> None:
    marcadas = {
        "/convocatorias/": "Ferias",
        "/encuentros/": "Encuentros",
        "/catalogo/": "Catálogo",
        "/indicadores/": "Cifras",
    }
    for ruta, texto in marcadas.items():
        actuales = [a for a in arboles[ruta].uno("nav", "nav").todos("a") if "aria-current" in a.atributos]
        assert [a.texto for a in actuales] == [texto], ruta
        assert actuales[0].atributos["aria-current"] == "page"


def test_lo_que_es_de_una_region_pinta_su_franja(arboles: dict[str, Nodo]) -> None:
    toldo = arboles["/convocatorias/2027-feria-maule-sabores-y-oficios/"].uno("svg", "toldo")
    assert toldo.uno("path", "z").atributos["d"].startswith("M80 0")  # Maule es la novena
    assert not arboles["/"].uno("svg", "toldo").todos("path", "z")
    assert arboles["/catalogo/regiones/15/"].uno("svg", "toldo").uno("path", "z").atributos["d"].startswith("M0 0")


def test_cada_enlace_y_archivo_interno_existe(portal: Path, arboles: dict[str, Nodo]) -> None:
    rotos = [
        f"{ruta} → {destino}"
        for ruta, arbol in arboles.items()
        for destino in _destinos(arbol)
        if not _existe(portal, arboles, ruta, destino)
    ]
    assert not rotos


def _destinos(arbol: Nodo) -> Iterator[str]:
    for nodo in arbol.todos():
        for atributo in ("href", "src"):
            destino = nodo.atributos.get(atributo, "")
            if destino and not urlsplit(destino).scheme and not destino.startswith("/api/"):
                yield destino


def _existe(portal: Path, arboles: dict[str, Nodo], ruta: str, destino: str) -> bool:
    partes = urlsplit(destino)
    camino = unquote(partes.path)
    if not camino:
        pagina = ruta
    elif camino.startswith("/"):
        pagina = camino
    else:
        pagina = "/" + (Path(ruta.lstrip("/")) / camino).as_posix() + ("/" if camino.endswith("/") else "")
    archivo = (portal / pagina.lstrip("/")).resolve()
    if archivo.is_dir():
        archivo /= "index.html"
    if not archivo.is_file():
        return False
    if not partes.fragment or archivo.suffix != ".html":
        return True
    vista = "/" + archivo.relative_to(portal.resolve()).as_posix().removesuffix("index.html")
    return any(n.atributos.get("id") == partes.fragment for n in arboles[vista].todos())


def test_los_botones_van_a_las_rutas_del_contrato(arboles: dict[str, Nodo]) -> None:
    rutas = {
        urlsplit(nodo.atributos[atributo]).path
        for arbol in arboles.values()
        for nodo in arbol.todos()
        for atributo in ("href", "action")
        if nodo.atributos.get(atributo, "").startswith("/api/")
    }
    assert rutas <= {
        f"/api/{r}" for r in ("postular", "verificar", "consultar", "suscribir", "exhibir", "derechos", "openapi.json")
    }


def test_nada_en_linea_ni_de_terceros(arboles: dict[str, Nodo]) -> None:
    for ruta, arbol in arboles.items():
        assert not arbol.todos("style"), ruta
        for nodo in arbol.todos():
            malos = [a for a in nodo.atributos if a == "style" or a.startswith("on")]
            assert not malos, f"{ruta}: {nodo.etiqueta} {malos}"
            if nodo.etiqueta == "script" and nodo.atributos.get("type") != "application/ld+json":
                assert nodo.atributos.get("src", "").startswith("/tema/"), ruta
            if nodo.etiqueta in {"link", "img", "script", "iframe", "use"}:
                for atributo in ("src", "href"):
                    assert not urlsplit(nodo.atributos.get(atributo, "")).netloc, f"{ruta}: {nodo.etiqueta}"


def test_el_estilo_no_pide_nada_a_otros_sitios(portal: Path) -> None:
    for estilo in (portal / "tema").glob("*.css"):
        texto = estilo.read_text(encoding="utf-8")
        assert "@import" not in texto
        assert set(re.findall(r"url\(([^)]+)\)", texto)) <= {"puesto-slab.woff2", "#trama"}, estilo.name


def test_la_letra_viaja_con_su_licencia(portal: Path) -> None:
    assert "SIL OPEN FONT LICENSE" in (portal / "tema" / "licencia-puesto-slab.txt").read_text(encoding="utf-8").upper()


def test_las_paginas_pesan_poco(paginas: dict[str, str]) -> None:
    pesadas = {r: _gz(h.encode()) for r, h in paginas.items() if _gz(h.encode()) > TECHO_GENERADA}
    assert not pesadas


def test_la_primera_visita_pesa_poco(portal: Path, arboles: dict[str, Nodo], paginas: dict[str, str]) -> None:
    for ruta in ("/", "/convocatorias/2027-feria-maule-sabores-y-oficios/", "/catalogo/", "/privacidad/"):
        cargas = [n.atributos["src"] for n in arboles[ruta].todos("script") if "src" in n.atributos]
        cargas += [n.atributos["href"] for n in arboles[ruta].todos("link") if n.atributos["rel"] != "alternate"]
        total = _gz(paginas[ruta].encode()) + sum(_peso(portal / c.lstrip("/")) for c in set(cargas))
        assert total <= min(TECHO_PRIMERA_VISITA, LO_QUE_QUEREMOS), f"{ruta}: {total}"


def test_revisar_los_requisitos_tambien_pesa_poco(
    portal: Path, arboles: dict[str, Nodo], paginas: dict[str, str]
) -> None:
    for ruta in (r for r in paginas if r.endswith("/requisitos/")):
        cargas = [n.atributos["src"] for n in arboles[ruta].todos("script") if "src" in n.atributos]
        cargas += [n.atributos["href"] for n in arboles[ruta].todos("link") if n.atributos["rel"] != "alternate"]
        total = _gz(paginas[ruta].encode()) + sum(_peso(portal / c.lstrip("/")) for c in set(cargas))
        assert total <= TECHO_PRECHEQUEO, f"{ruta}: {total}"


def _gz(contenido: bytes) -> int:
    return len(gzip.compress(contenido, 6, mtime=0))


def _peso(archivo: Path) -> int:
    contenido = archivo.read_bytes()
    return len(contenido) if archivo.suffix == ".woff2" else _gz(contenido)


def test_lo_inventado_lleva_la_marca_de_demostracion(arboles: dict[str, Nodo]) -> None:
    clases = ("/convocatorias/", "/eventos/", "/catalogo/productos/", "/catalogo/empresas/", "/catalogo/eventos/")
    for ruta, arbol in arboles.items():
        sin_nada = ruta.startswith("/eventos/regiones/") and not arbol.todos("li", "tarjeta")
        if ruta in {"/", "/indicadores/"} or (ruta.startswith(clases) and not sin_nada):
            marcas = arbol.uno("main").todos("span", "demo")
            assert marcas, ruta
            assert {m.texto for m in marcas} == {"DEMOSTRACIÓN"}
        for tarjeta in arbol.todos("li", "tarjeta"):
            if "puerta" not in tarjeta.clases:
                assert tarjeta.todos("span", "demo"), f"{ruta}: {tarjeta.texto[:60]}"


def test_el_estado_lleva_palabra_y_clase(arboles: dict[str, Nodo]) -> None:
    for arbol in arboles.values():
        for estado in arbol.todos("span", "est"):
            assert estado.texto
            assert len(estado.clases) == 2


def test_no_se_dice_quedan_cupos(arboles: dict[str, Nodo], portal: Path) -> None:
    textos = [a.uno("main").texto for a in arboles.values()]
    assert not [t for t in textos if re.search(r"[Qq]uedan \d", t)]
    assert "Quedan" not in (portal / "tema" / "estado.js").read_text(encoding="utf-8")


def test_solo_lo_abierto_ofrece_postular_al_construir(arboles: dict[str, Nodo]) -> None:
    for ruta, arbol in arboles.items():
        if not re.fullmatch(r"/convocatorias/[a-z0-9-]+/", ruta):
            continue
        caja = next(n for n in arbol.todos("div") if n.todos("a", "boton") and "data-solo" in n.atributos)
        abierta = "abierta" in arbol.uno("main").uno("span", "est").clases
        assert ("hidden" in caja.atributos) is not abierta, ruta


def test_el_mapa_del_sitio_tiene_las_paginas_publicas(portal: Path, paginas: dict[str, str]) -> None:
    mapa = (portal / "sitemap.xml").read_text(encoding="utf-8")
    locales = {"/" + loc.split("/", 3)[3] for loc in re.findall(r"<loc>([^<]+)</loc>", mapa)}
    # Las muestras de los correos son para quien edita: a quien busca su resultado lo confundirían.
    muestras = {ruta for ruta in paginas if ruta.startswith("/correos/")}
    assert all('<meta name="robots" content="noindex">' in paginas[ruta] for ruta in muestras)
    assert locales == set(paginas) - {"/404.html", "/mesa/"} - muestras
    assert not list(portal.rglob("*.gz"))
    assert "sitemap.xml" in (portal / "robots.txt").read_text(encoding="utf-8")


def test_el_icono_que_los_navegadores_piden_en_la_raiz_esta(portal: Path) -> None:
    with Image.open(portal / "favicon.ico") as icono:
        assert {(16, 16), (32, 32), (48, 48)} <= set(icono.info["sizes"])
    assert not (portal / "tema" / "favicon.ico").exists()


def test_la_pagina_perdida_funciona_a_cualquier_profundidad(arboles: dict[str, Nodo]) -> None:
    for nodo in arboles["/404.html"].todos():
        for atributo in ("href", "src"):
            destino = nodo.atributos.get(atributo, "/")
            assert destino.startswith(("/", "#", "http")), destino


def test_la_ayuda_dice_que_hay_que_confirmar_el_correo_y_la_direccion_de_la_oficina(arboles: dict[str, Nodo]) -> None:
    ayuda = arboles["/ayuda/"].uno("main")
    enlaces = {a.atributos["href"]: a.texto for a in ayuda.todos("a")}
    assert enlaces["/preguntas/#confirmar"] == "Me falta confirmar mi dirección de correo"
    assert "Sin eso no entras a la fila." in ayuda.texto
    assert "confirma la dirección antes de ir" in ayuda.texto
