"""El índice del buscador sale de lo publicado: toda página entra sola y lo que se retira deja de estar."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.horneado import Horneado
from generador.documento import Documento, Tipo
from generador.documentos_de_fichas import de_fichas
from generador.documentos_de_paginas import FUERA, de_pagina
from generador.fichas import Fichas
from generador.indice import escribir, ordenar
from generador.paquetes import Paquetes
from generador.paquetes import leer as leer_paquetes
from tests.sitio.conftest import AHORA, DATOS
from tests.sitio.lector import leer

PAGINA = """<title>t</title><nav><h2>Menú</h2></nav><main id="contenido"><h1>Ayuda</h1><p class="guia">La guía.</p>
<h2 id="plazos">Plazos</h2><p>Cinco días.</p><table><tr><td>Tabla</td></tr></table>
<details id="costo"><summary>¿Cuánto cuesta?</summary><p>Nada.</p></details><p>Y algo más.</p><h2>Solo un título</h2>
<form><p>Formulario</p></form><script>malo()</script></main><footer><p>Pie</p></footer>"""


@dataclass(frozen=True)
class Indice:
    """Lo escrito bajo /indice/, ya leído."""

    portada: dict[str, Any]
    registros: list[list[Any]]


@pytest.fixture(scope="module")
def indice(portal: Path) -> Indice:
    carpeta = portal / "indice"
    portada = json.loads((carpeta / "portada.json").read_text(encoding="utf-8"))
    tandas = -(-portada["documentos"] // portada["por_tanda"])
    archivos = (carpeta / portada["huella"] / f"d{n}.json" for n in range(tandas))
    return Indice(portada, [r for a in archivos for r in json.loads(a.read_text(encoding="utf-8"))])


@pytest.fixture(scope="module")
def paquetes() -> Paquetes:
    return leer_paquetes(DATOS)


@pytest.fixture(scope="module")
def publicado(portal: Path) -> Horneado:
    return Horneado(json.loads((portal.parent / "horneado.json").read_text(encoding="utf-8")))


def test_toda_pagina_publicada_se_puede_encontrar(indice: Indice, paginas: dict[str, str]) -> None:
    halladas = {ruta.split("#")[0] for _, ruta, *_ in indice.registros}
    debidas = {r for r, html in paginas.items() if not FUERA & set(r.split("/")) and "noindex" not in html}
    assert debidas - halladas == {"/404.html"}
    assert halladas - set(paginas) == set()


def test_cada_resultado_lleva_a_un_lugar_que_existe(indice: Indice, paginas: dict[str, str]) -> None:
    con_ancla = [ruta.split("#") for _, ruta, *_ in indice.registros if "#" in ruta]
    assert con_ancla
    assert [(r, a) for r, a in con_ancla if f'id="{a}"' not in paginas[r]] == []


def test_lo_inventado_se_dice_en_el_resultado(indice: Indice) -> None:
    ramas = ("/convocatorias/2", "/eventos/", "/catalogo/empresas/", "/catalogo/productos/")
    propios = {nombre: tramo for nombre, _, _, _, *tramo in indice.portada["tipos"]}
    for tipo in ("Convocatoria", "Evento", "Empresa", "Producto"):
        desde, hasta = propios[tipo]
        suyos = indice.registros[desde:hasta]
        assert suyos
        assert all(r[1].startswith(ramas) and r[4] == 1 for r in suyos)


def test_ninguna_pagina_trae_el_indice_ni_el_motor_antes_de_buscar(paginas: dict[str, str]) -> None:
    for ruta, html in paginas.items():
        cargas = set(re.findall(r'(?:src|href)="(/(?:tema/(?:buscar|snowball)|indice)[^"]*)"', html))
        assert cargas == ({"/tema/buscar.js", "/tema/buscar.css"} if ruta == "/buscar/" else set()), ruta


def test_los_guiones_no_meten_texto_como_html(portal: Path) -> None:
    for guion in (portal / "tema").glob("buscar*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", guion.read_text()), guion.name


def test_una_pagina_se_parte_por_sus_titulos() -> None:
    partes = {d.titulo: d for d in de_pagina("/ayuda/", PAGINA)}
    assert list(partes) == ["Ayuda", "Plazos", "¿Cuánto cuesta?"]  # un título sin nada debajo no es un resultado
    assert partes["Ayuda"].texto == "La guía."
    plazos = partes["Plazos"]
    assert (plazos.ruta, plazos.detalle, plazos.tipo) == ("/ayuda/#plazos", "Ayuda", Tipo.PAGINA)
    assert plazos.texto == "Cinco días. Y algo más."
    assert plazos.callado.strip() == "Tabla"
    assert (partes["¿Cuánto cuesta?"].ruta, partes["¿Cuánto cuesta?"].tipo) == ("/ayuda/#costo", Tipo.PREGUNTA)
    assert not [d for d in partes.values() if re.search("Formulario|malo|Pie|Menú", d.texto + d.callado)]


def test_una_lista_se_guarda_solo_con_su_titulo_y_su_guia() -> None:
    (lista,) = de_pagina("/eventos/2027-01/", PAGINA.replace("Ayuda", "Enero de 2027"))
    assert (lista.tipo, lista.titulo, lista.texto, lista.callado) == (Tipo.LISTA, "Enero de 2027", "La guía.", "")


def test_la_pagina_que_no_quiere_aparecer_no_aparece() -> None:
    assert not list(de_pagina("/ayuda/", '<meta name="robots" content="noindex">' + PAGINA))


def test_la_hora_de_publicacion_no_entra_al_indice() -> None:
    pie = "<p class='chico'>Según la publicación del <time>lunes</time>.</p></main>"
    html = PAGINA.replace("</main>", pie)
    assert not [d for d in de_pagina("/ayuda/", html) if "publicación" in d.texto + d.callado]


def test_quien_retira_su_permiso_sale_del_indice(paquetes: Paquetes, publicado: Horneado) -> None:
    documentos = list(de_fichas(Fichas(paquetes, publicado, AHORA)))
    empresa = next(e for e in paquetes["catalogos"]["empresas"] if e["id"] == "taller-el-horno")
    antes = empresa["retiro"]
    try:
        empresa["retiro"] = (AHORA - timedelta(days=1)).date()
        quedan = {d.ruta for d in de_fichas(Fichas(paquetes, publicado, AHORA))}
    finally:
        empresa["retiro"] = antes
    fuera = {d.ruta for d in documentos} - quedan
    assert "/catalogo/empresas/taller-el-horno/" in fuera
    assert "/catalogo/productos/cantaro-de-greda/" in fuera


def test_un_evento_que_no_va_lo_dice_en_su_resultado(paquetes: Paquetes, publicado: Horneado) -> None:
    fichas = Fichas(paquetes, publicado, AHORA)
    estados = {d.ruta: d.estado for d in de_fichas(fichas) if d.tipo is Tipo.EVENTO}
    for evento in fichas.eventos:
        assert estados[evento.ruta] == (evento.situacion_palabra, evento.situacion_clase)


def test_el_filtro_de_region_halla_lo_que_admite_a_la_region(paquetes: Paquetes, publicado: Horneado) -> None:
    facetas = {d.ruta: d.facetas for d in de_fichas(Fichas(paquetes, publicado, AHORA))}
    todas = {f"region-{codigo}" for codigo in Fichas(paquetes, publicado, AHORA).region}
    # La feria de Maule admite a todo Chile; la rueda del sur, a dos regiones. Sus eventos, lo mismo.
    maule = ("/convocatorias/2027-feria-maule-sabores-y-oficios/", "/eventos/feria-sabores-y-oficios-2027/")
    del_sur = ("/convocatorias/2027-rueda-los-rios-mesa-del-sur/", "/eventos/rueda-mesa-del-sur-2027/")
    assert [facetas[ruta] for ruta in maule] == [todas, todas]
    assert [facetas[ruta] for ruta in del_sur] == [{"region-10", "region-14"}] * 2


def test_cambiar_un_dato_cambia_la_carpeta_y_repetir_no(tmp_path: Path) -> None:
    uno = Documento(Tipo.PAGINA, "/a/", "Miel de ulmo")
    huellas = []
    for numero, documento in enumerate((uno, uno, Documento(Tipo.PAGINA, "/a/", "Miel de tiaca"))):
        escribir(ordenar([documento]), tmp_path / str(numero))
        huellas.append(json.loads((tmp_path / str(numero) / "portada.json").read_text(encoding="utf-8"))["huella"])
    assert huellas[0] == huellas[1] != huellas[2]


def test_sin_javascript_la_pagina_dice_por_que_y_ofrece_listas(paginas: dict[str, str]) -> None:
    principal = leer(paginas["/buscar/"]).uno("main")
    assert "hidden" in principal.uno("form").atributos
    assert "JavaScript" in principal.uno("noscript").texto
    enlaces = {a.atributos["href"] for a in principal.todos("a")}
    assert {"/convocatorias/", "/catalogo/", "/catalogo/rubros/alimentos/", "/glosario/"} <= enlaces


def test_todas_las_paginas_llevan_al_buscador(paginas: dict[str, str]) -> None:
    assert [ruta for ruta, html in paginas.items() if '<li class="lupa"><a href="/buscar/"' not in html] == []
