"""El catálogo publicado: sus listas, sus copias, lo que se imprime y los filtros que no bajan el catálogo entero."""

import csv
import functools
import io
import json
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from generador.entradas import Entradas
from generador.paginas_catalogo import saltos
from tests.sitio.conftest import AHORA, Atendedor, construir_en
from tests.sitio.lector import Nodo, leer
from tests.sitio.test_construccion import cambiar, copiar
from tests.sitio.test_vitrinas import FOTO, escribir, ficha, producto

RETIRADA = "queseria-rio-claro"
POR_PAGINA = 7


@pytest.fixture(scope="module")
def chico(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un catálogo en páginas cortas, con una vitrina de una persona y una empresa que retiró su permiso."""
    carpeta = tmp_path_factory.mktemp("chico")
    datos = copiar(carpeta)
    cambiar(datos / "catalogos" / "empresas.csv", ",2026-10-28,,si", ",2026-10-28,2026-11-23,si")
    (carpeta / "vitrinas" / "fotos").mkdir(parents=True)
    Image.new("RGB", (700, 500), "teal").save(carpeta / "vitrinas" / FOTO)
    gorro = producto(foto=FOTO, foto_alt="Gorro tejido sobre una mesa.", precio_clp=4500)
    entradas = Entradas(vitrinas=escribir(carpeta / "vitrinas", ficha(productos=[gorro, producto(id="2")])))
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr("generador.paginas_catalogo.POR_PAGINA", POR_PAGINA)
        parche.setattr("generador.paginas_catalogo.POR_CUADERNILLO", 15)
        parche.setattr("generador.paginas_catalogo.EN_LA_EMPRESA", 2)
        return construir_en(carpeta, datos, AHORA, entradas)


@pytest.fixture(scope="module")
def sitio_chico(chico: Path) -> Iterator[str]:
    servidor = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Atendedor, directory=str(chico)))
    threading.Thread(target=servidor.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{servidor.server_address[1]}"
    servidor.shutdown()
    servidor.server_close()


def pagina_de(portal: Path, ruta: str) -> Nodo:
    return leer((portal / ruta.lstrip("/") / "index.html").read_text(encoding="utf-8"))


def productos_de(portal: Path, ruta: str) -> list[str]:
    """Las direcciones de los productos de una lista, con todas sus páginas, en orden."""
    vistos, numero = [], 1
    while (
        (hoja := portal / ruta.lstrip("/") / ("" if numero == 1 else f"pagina/{numero}"))
        .joinpath("index.html")
        .exists()
    ):
        arbol = leer((hoja / "index.html").read_text(encoding="utf-8"))
        vistos += [t.uno("h3").uno("a").atributos["href"] for t in arbol.todos("li", "prod")]
        numero += 1
    return vistos


def copia(portal: Path, ruta: str = "/catalogo/") -> list[dict[str, str]]:
    texto = (portal / ruta.lstrip("/") / "catalogo.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(texto)))


def test_un_catalogo_largo_se_reparte_en_paginas_sin_perder_ni_repetir(chico: Path) -> None:
    todos = productos_de(chico, "/catalogo/")
    assert len(todos) == len(set(todos)) == 40
    assert len(pagina_de(chico, "/catalogo/pagina/2/").todos("li", "prod")) == POR_PAGINA
    enlaces = pagina_de(chico, "/catalogo/pagina/2/").uno("nav", "paginador").todos("a")
    assert [e.texto for e in enlaces] == ["← Anterior", *(f"Página {n}" for n in (1, 2, 3, 4, 6)), "Siguiente →"]
    assert enlaces[0].atributos["href"] == "/catalogo/"
    assert [e.texto for e in enlaces if "aria-current" in e.atributos] == ["Página 2"]


@pytest.mark.parametrize(
    ("numero", "total", "esperado"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 209, [1, 2, 3, None, 209]),
        (100, 209, [1, None, 98, 99, 100, 101, 102, None, 209]),
        (209, 209, [1, None, 207, 208, 209]),
    ],
)
def test_de_muchas_paginas_se_ofrecen_pocas(numero: int, total: int, esperado: list[int | None]) -> None:
    assert saltos(numero, total) == esperado


def test_cada_manera_de_entrar_muestra_justo_lo_suyo(chico: Path) -> None:
    filas = {f"/catalogo/productos/{f['id']}/": f for f in copia(chico)}
    todos = productos_de(chico, "/catalogo/")
    assert todos == list(filas)
    casos = {
        "/catalogo/rubros/alimentos/": lambda f: f["rubro"] == "alimentos",
        "/catalogo/regiones/12/": lambda f: f["region"] == "12",
        "/catalogo/rubros/textil/regiones/12/": lambda f: (f["rubro"], f["region"]) == ("textil", "12"),
        "/catalogo/precios/hasta-5000/": lambda f: f["precio_clp"] and int(f["precio_clp"]) <= 5000,
        "/catalogo/precios/de-5001-a-10000/": lambda f: f["precio_clp"] and 5001 <= int(f["precio_clp"]) <= 10000,
        "/catalogo/precios/a-convenir/": lambda f: not f["precio_clp"],
        "/catalogo/con-foto/": lambda f: f["foto"],
        "/catalogo/empresas/taller-el-horno/productos/": lambda f: f["empresa"] == "taller-el-horno",
    }
    for ruta, calza in casos.items():
        assert productos_de(chico, ruta) == [r for r in todos if calza(filas[r])] != [], ruta


def test_el_csv_y_el_json_de_una_lista_dicen_lo_mismo(chico: Path) -> None:
    for ruta in ("/catalogo/", "/catalogo/regiones/07/", "/catalogo/eventos/rueda-valles-y-costa-2026/"):
        objetos = json.loads((chico / ruta.lstrip("/") / "catalogo.json").read_text(encoding="utf-8"))
        filas = copia(chico, ruta)
        assert [(o["id"], o["precio_clp"] or "") for o in objetos] == [
            (f["id"], int(f["precio_clp"]) if f["precio_clp"] else "") for f in filas
        ]
        assert [f"/catalogo/productos/{o['id']}/" for o in objetos] == productos_de(chico, ruta)


def test_quien_retiro_su_permiso_no_queda_en_ningun_archivo(chico: Path) -> None:
    for archivo in chico.rglob("*"):
        if archivo.is_file():
            assert RETIRADA.encode() not in archivo.read_bytes(), archivo
            assert RETIRADA not in archivo.as_posix()


def test_una_persona_esta_en_el_catalogo_y_no_en_los_datos_de_git(chico: Path) -> None:
    html = (chico / "catalogo" / "empresas" / "tejidos-del-patio" / "index.html").read_text(encoding="utf-8")
    assert "Persona natural" in html
    enlace, datos = html.split("https://wa.me/56900000000", 1)[0], html.partition("application/ld+json")[2]
    assert enlace.endswith('<a class="boton" href="')
    assert '"@type":"Person"' in datos
    assert "56900000000" not in datos.partition("</script>")[0]
    for archivo in (chico / "datos").rglob("*"):
        if archivo.is_file():
            assert b"tejidos-del-patio" not in archivo.read_bytes(), archivo
    suya = next(f for f in copia(chico) if f["empresa"] == "tejidos-del-patio")
    assert (suya["persona"], suya["contacto"]) == ("natural", "")


def test_las_fotos_de_las_paginas_existen_y_no_sobra_ninguna(chico: Path) -> None:
    nombradas = set()
    for hoja in (chico / "catalogo").rglob("index.html"):
        for nodo in leer(hoja.read_text(encoding="utf-8")).todos():
            if nodo.etiqueta in {"img", "source"}:
                partes = [*nodo.atributos["srcset"].split(", "), nodo.atributos.get("src", "")]
                nombradas |= {p.split(" ")[0] for p in partes if p}
            if nodo.etiqueta == "img":
                assert nodo.atributos["alt"]
                assert int(nodo.atributos["width"]) > int(nodo.atributos["height"]) > 0
    assert nombradas == {f"/fotos/{a.name}" for a in (chico / "fotos").iterdir()}
    assert not [a for a in (chico / "fotos").iterdir() if a.stat().st_size > 40_000]


def test_el_catalogo_para_imprimir_trae_todo_en_cuadernillos(chico: Path) -> None:
    nombres, numero = [], 1
    while (chico / "catalogo" / "imprimir" / ("" if numero == 1 else str(numero)) / "index.html").exists():
        arbol = pagina_de(chico, "/catalogo/imprimir/" + ("" if numero == 1 else f"{numero}/"))
        nombres += [li.uno("h3").texto for li in arbol.uno("main").todos("li") if li.todos("h3")]
        assert not [i for i in arbol.todos("img") if "loading" in i.atributos]
        numero += 1
    assert numero == 4
    assert nombres == [f["nombre"] for f in copia(chico)]


def test_las_fotos_del_papel_se_piden_aparte(chico: Path) -> None:
    for cuadernillo in ("", "2/", "3/"):
        dibujada = pagina_de(chico, f"/catalogo/imprimir/{cuadernillo}").uno("main")
        assert not dibujada.todos("img")
        con_foto = [li for li in dibujada.todos("li") if li.todos("svg") and "aria-hidden" in li.uno("svg").atributos]
        enlaces = [a.atributos["href"] for a in dibujada.todos("a", "toque") if "con-fotos" in a.atributos["href"]]
        assert enlaces == [f"/catalogo/imprimir/{cuadernillo}con-fotos/"] * bool(con_foto)
        for ruta in enlaces:
            fotografiada = pagina_de(chico, ruta).uno("main")
            assert [li.uno("h3").texto for li in fotografiada.todos("li") if li.todos("img")] == [
                li.uno("h3").texto for li in con_foto
            ]
            assert not [i for i in fotografiada.todos("img") if "loading" in i.atributos]
            assert fotografiada.uno("a", "toque").atributos["href"] == f"/catalogo/imprimir/{cuadernillo}"


@pytest.mark.parametrize("empresa", ["taller-el-horno", "tejidos-del-patio"])
def test_lo_de_una_empresa_se_imprime_y_se_baja_desde_su_pagina(chico: Path, empresa: str) -> None:
    ruta = f"/catalogo/empresas/{empresa}/"
    enlaces = {a.atributos["href"] for a in pagina_de(chico, ruta).uno("main").todos("a")}
    assert {f"{ruta}imprimir/", f"{ruta}catalogo.csv", f"{ruta}catalogo.json"} <= enlaces
    propios = [f for f in copia(chico) if f["empresa"] == empresa]
    assert copia(chico, ruta) == propios != []
    objetos = json.loads((chico / ruta.lstrip("/") / "catalogo.json").read_text(encoding="utf-8"))
    assert [o["id"] for o in objetos] == [f["id"] for f in propios]
    impresos = pagina_de(chico, f"{ruta}imprimir/").uno("main").todos("h3")
    assert [h.texto for h in impresos] == [f["nombre"] for f in propios]


def test_una_celda_que_parece_formula_sale_neutralizada_en_la_copia() -> None:
    from generador.copias_catalogo import _linea

    assert _linea(["=1+1", "-x", 3, None, True, ["a", "b"]]) == "'=1+1,'-x,3,,si,a|b\n"


@pytest.mark.parametrize(
    ("consulta", "calza"),
    [
        (
            "precio=hasta-5000&rubro=alimentos",
            lambda f: f["rubro"] == "alimentos" and 0 < int(f["precio_clp"] or 0) <= 5000,
        ),
        ("region=12&foto=si", lambda f: f["region"] == "12" and f["foto"]),
        ("rubro=textil&region=07&precio=hasta-5000&foto=si", lambda f: f["id"] == "tejidos-del-patio-1"),
        ("rubro=madera&precio=hasta-5000", lambda f: False),
    ],
)
def test_los_filtros_juntos_dejan_solo_lo_que_calza(
    pagina: Page, sitio_chico: str, chico: Path, consulta: str, calza: object
) -> None:
    esperados = [f"/catalogo/productos/{f['id']}/" for f in copia(chico) if calza(f)]  # type: ignore[operator]
    pagina.goto(f"{sitio_chico}/catalogo/?{consulta}")
    cuenta = {0: "Ningún producto calza.", 1: "1 producto"}.get(len(esperados), f"{len(esperados)} productos")
    pagina.get_by_role("status").get_by_text(cuenta, exact=True).wait_for()
    pagina.locator("[data-productos]:not([aria-busy])").wait_for(state="attached")
    assert pagina.eval_on_selector_all(".prod h3 a", "es => es.map(e => e.getAttribute('href'))") == esperados


def test_se_filtra_con_el_teclado_y_se_quita_un_filtro(pagina: Page, sitio_chico: str) -> None:
    pagina.goto(f"{sitio_chico}/catalogo/")
    pagina.get_by_text("Filtrar por rubro, región, precio o foto").press("Enter")
    pagina.get_by_role("combobox", name="Rubro").select_option("alimentos")
    pagina.get_by_role("combobox", name="Precio").select_option("hasta-5000")
    pagina.get_by_role("button", name="Ver productos").press("Enter")
    pagina.wait_for_url("**/catalogo/?rubro=alimentos&precio=hasta-5000")
    pagina.get_by_role("link", name="Quitar el filtro Hasta $5.000").press("Enter")
    pagina.wait_for_url("**/catalogo/rubros/alimentos/")
    pagina.go_back()
    assert pagina.get_by_role("combobox", name="Precio").input_value() == "hasta-5000"


def test_si_el_resumen_no_llega_quedan_las_listas(pagina: Page, sitio_chico: str) -> None:
    pagina.route("**/resumen.json", lambda ruta: ruta.abort())
    pagina.goto(f"{sitio_chico}/catalogo/?foto=si&region=12")
    pagina.get_by_text("No pudimos filtrar ahora.").wait_for()
    assert pagina.get_by_role("link", name="Solo con foto").is_visible()


def test_sin_guiones_se_llega_por_enlaces_y_el_buscador_manda_a_su_pagina(navegador: Browser, sitio_chico: str) -> None:
    contexto = navegador.new_context(locale="es-CL", java_script_enabled=False)
    abierta = contexto.new_page()
    abierta.goto(f"{sitio_chico}/catalogo/")
    assert not abierta.get_by_role("button", name="Ver productos").is_visible()
    abierta.get_by_text("Filtrar por rubro, región, precio o foto").click()
    abierta.get_by_role("link", name="Alimentos y bebidas").click()
    abierta.get_by_text("Filtrar por rubro, región, precio o foto").click()
    abierta.get_by_role("link", name="Magallanes").first.click()
    assert abierta.url.endswith("/catalogo/rubros/alimentos/regiones/12/")
    abierta.get_by_label("Busca un producto").fill("cántaro")
    abierta.get_by_role("button", name="Buscar").click()
    assert abierta.url.endswith("/buscar/?q=c%C3%A1ntaro&tipo=producto")
    contexto.close()


def test_validar_dice_que_foto_falta_cual_sobra_y_cual_no_sirve(tmp_path: Path) -> None:
    from generador.validar import problemas_de

    datos = copiar(tmp_path)
    fotos = datos / "catalogos" / "fotos"
    (fotos / "lana-con-maqui.jpg").rename(fotos / "de-nadie.jpg")
    (fotos / "cantaro-de-greda.jpg").write_bytes(b"nada")
    assert [str(p) for p in problemas_de(datos)] == [
        "catalogos/fotos/de-nadie.jpg  ningún producto usa esta foto · "
        "escribe su nombre en la columna «foto» de un producto o bórrala",
        "catalogos/productos.csv:2:foto  el archivo no es una foto JPG ni PNG · guárdala como JPG y súbela de nuevo",
        "catalogos/productos.csv:5:foto  falta la foto «lana-con-maqui.jpg» · "
        "súbela a datos/catalogos/fotos/ con ese nombre o deja la celda vacía",
    ]
