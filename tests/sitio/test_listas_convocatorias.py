"""Las listas sin guion, los resultados y el pliego: todo está, nada se borra y nada se dice de más."""

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import EstadoConvocatoria
from funciones.replicar import IGUAL, replicar
from funciones.tramite.preguntas import preguntas_para
from generador.entradas import Entradas
from generador.ficha_convocatoria import FichaConvocatoria
from generador.fichas import Fichas
from generador.filtros import enumerar
from generador.listas_convocatorias import al_dia, por_anio, por_estado, por_region
from generador.paquetes import leer as leer_paquetes
from tests.sitio.conftest import AHORA, DATOS, RAIZ
from tests.sitio.lector import Nodo, leer

MAULE = "2027-feria-maule-sabores-y-oficios"
COQUIMBO = "2026-rueda-coquimbo-valles-y-costa"
MAGALLANES = "2026-feria-magallanes-fin-del-invierno"
UNA = re.compile(r"/convocatorias/[a-z0-9-]+/")


@pytest.fixture(scope="module")
def publicado(portal: Path) -> Horneado:
    import json

    return Horneado(json.loads((portal.parent / "horneado.json").read_text(encoding="utf-8")))


def fichas_al(publicado: Horneado, ahora: datetime) -> Fichas:
    return Fichas(leer_paquetes(DATOS), publicado, ahora, Entradas())


def enlazadas(pagina: Nodo) -> set[str]:
    return {a.atributos["href"] for a in pagina.uno("main").todos("a") if UNA.fullmatch(a.atributos.get("href", ""))}


def test_cada_region_tiene_su_lista_con_lo_que_organiza_y_lo_que_la_admite(
    paginas: dict[str, str], publicado: Horneado
) -> None:
    for lista in por_region(fichas_al(publicado, AHORA)):
        pagina = leer(paginas[lista.ruta])
        assert pagina.uno("p", "guia").texto, lista.ruta
        assert "Según la publicación del lunes 23 de noviembre" in pagina.uno("main").texto
        assert enlazadas(pagina) == {c.ruta for g in lista.grupos for c in g["convocatorias"]}
    assert f"/convocatorias/{MAULE}/" in paginas["/convocatorias/regiones/07/"]
    assert "/convocatorias/2027-rueda-los-rios-mesa-del-sur/" in paginas["/convocatorias/regiones/10/"]


def test_ninguna_lista_de_region_esconde_lo_que_admite_a_sus_empresas(publicado: Horneado) -> None:
    fichas = fichas_al(publicado, AHORA)
    for lista in por_region(fichas):
        assert lista.region
        codigo = lista.region["region"]
        aqui, lejos = ({c.id for g in lugar["grupos"] for c in g["convocatorias"]} for lugar in lista.lugares)
        assert aqui == {c.id for c in al_dia(fichas.convocatorias) if c.fila["region"] == codigo and c.region_sede}
        admiten = {c.id for c in al_dia(fichas.convocatorias) if _admite_a_alguien_de(c, codigo)}
        assert lejos == admiten - aqui, codigo
    tarapaca = next(x for x in por_region(fichas) if x.ruta.endswith("/01/")).lugares[1]
    assert MAULE in {c.id for c in tarapaca["grupos"][0]["convocatorias"]}


def _admite_a_alguien_de(c: FichaConvocatoria, region: str) -> bool:
    admitidas, comunas = c.dominio.regiones_admitidas, c.dominio.comunas_admitidas
    de_comunas = {c.fichas.comuna[comuna]["region"] for comuna in comunas}
    return (not admitidas or region in admitidas) and (not comunas or region in de_comunas)


def test_sin_guion_la_portada_y_la_lista_llevan_directo_a_cada_region(paginas: dict[str, str]) -> None:
    regiones = {r for r in paginas if re.fullmatch(r"/convocatorias/regiones/\d\d/", r)}
    assert len(regiones) == 16
    for ruta in ("/", "/convocatorias/", "/encuentros/"):
        aviso = leer(paginas[ruta]).uno("main").todos("noscript")[0]
        enlaces = {a.atributos["href"] for a in aviso.todos("a")}
        assert regiones <= enlaces, ruta
        if ruta != "/":
            assert {r for r in paginas if r.startswith("/convocatorias/estados/")} <= enlaces


def test_sin_guion_ningun_numero_de_cupos_va_solo(paginas: dict[str, str]) -> None:
    for ruta in ("/", "/convocatorias/", f"/convocatorias/{MAULE}/", "/convocatorias/regiones/07/"):
        main = leer(paginas[ruta]).uno("main")
        assert {dl.todos("dt")[0].texto for dl in main.todos("dl", "van")} == {"cupos en total"}, ruta
        assert "Cuántos van tomados se ve con JavaScript o en la oficina." in main.texto, ruta


def test_los_botones_que_nombran_las_preguntas_existen(paginas: dict[str, str]) -> None:
    nombrados = re.findall(r"toca «([^»]+)»", leer(paginas["/preguntas/"]).uno("main").texto)
    assert nombrados
    convocatoria = leer(paginas[f"/convocatorias/{MAULE}/"]).uno("main")
    assert set(nombrados) <= {a.texto for a in convocatoria.todos("a")}


def test_de_guardar_y_seguir_se_dice_lo_mismo_en_las_dos_partes(paginas: dict[str, str]) -> None:
    for ruta in ("/preguntas/", f"/convocatorias/{MAULE}/"):
        texto = leer(paginas[ruta]).uno("main").texto
        assert "Lo que llevas queda 24 horas en tu navegador" in texto, ruta
        assert "onfirma la dirección antes de ir" in texto, ruta


def test_el_pliego_de_una_feria_dice_que_sin_inicio_no_se_entra(paginas: dict[str, str], publicado: Horneado) -> None:
    for c in fichas_al(publicado, AHORA).convocatorias:
        texto = leer(paginas[c.ruta_imprimir]).uno("main").texto
        assert ("Así no puedes entrar a esta: pide inicio de actividades." in texto) is (c.componente == 1), c.id
        assert c.componente == 2 or "quienes aún no inician actividades" not in texto, c.id


def test_cada_estado_tiene_su_lista_aunque_este_vacia(paginas: dict[str, str]) -> None:
    # Cuáles tienen los cupos completos no se sabe al construir: va otra lista, que se llama por lo que es.
    rutas = {f"/convocatorias/estados/{estado}/" for estado in EstadoConvocatoria}
    rutas ^= {f"/convocatorias/estados/{e}/" for e in ("con_lista_de_espera", "abierta_con_espera")}
    assert {r for r in paginas if r.startswith("/convocatorias/estados/")} == rutas
    con_espera = leer(paginas["/convocatorias/estados/abierta_con_espera/"])
    assert con_espera.uno("h1").texto == "Convocatorias abiertas que tienen lista de espera"
    for estado in rutas:
        main = leer(paginas[estado]).uno("main")
        assert main.todos("li", "tarjeta") or "Nada por ahora." in main.texto, estado
    assert MAGALLANES in paginas["/convocatorias/estados/cerrada/"]
    assert COQUIMBO in paginas["/convocatorias/estados/resultados/"]


def test_lo_que_termino_hace_mas_de_un_anio_deja_las_listas_de_hoy_y_sigue_en_la_de_su_anio(
    publicado: Horneado,
) -> None:
    fichas = fichas_al(publicado, AHORA + timedelta(days=400))
    hoy = {c.id for c in al_dia(fichas.convocatorias)}
    assert MAGALLANES not in hoy
    assert MAULE in hoy
    de_2026 = next(lista for lista in por_anio(fichas) if lista.ruta.endswith("/2026/"))
    assert MAGALLANES in {c.id for g in de_2026.grupos for c in g["convocatorias"]}
    archivadas = {c.id for lista in por_anio(fichas) for g in lista.grupos for c in g["convocatorias"]}
    assert archivadas == {c.id for c in fichas.convocatorias}


def test_con_el_tiempo_cada_convocatoria_esta_siempre_en_la_lista_de_su_estado(publicado: Horneado) -> None:
    for dias in (-200, 0, 60, 300):
        fichas = fichas_al(publicado, AHORA + timedelta(days=dias))
        for c in al_dia(fichas.convocatorias):
            lista = next(x for x in por_estado(fichas) if x.ruta.endswith(f"/{c.estado}/"))
            assert c.id in {x.id for x in lista.grupos[0]["convocatorias"]}, (dias, c.id)


def test_los_rubros_con_que_se_busca_son_los_que_admiten_sus_divisiones(publicado: Horneado) -> None:
    fichas = {c.id: c for c in fichas_al(publicado, AHORA).convocatorias}
    assert fichas[MAULE].rubros == []  # admite todo lo que atiende el programa
    # 10, 11, 13, 14, 15, 162900 (madera) y 239300 (cerámica)
    assert fichas["2027-feria-araucania-invierno-en-linea"].rubros == ["alimentos", "artesania", "textil", "madera"]
    # 14, 15 y las secciones I, J, M, N y S enteras
    antofagasta = fichas["2027-rueda-antofagasta-proveer-al-norte"].rubros
    assert {"textil", "turismo", "tecnologia", "servicios"} <= set(antofagasta)
    assert not {"madera", "cosmetica"} & set(antofagasta)


def test_para_quien_es_se_dice_en_una_frase(publicado: Horneado) -> None:
    fichas = {c.id: c.para_quien for c in fichas_al(publicado, AHORA).convocatorias}
    assert fichas[MAULE] == "Empresas de todo Chile que venden entre 200 y 2.400 UF al año."
    biobio = fichas["2027-feria-biobio-taller-abierto"]
    assert biobio == "Empresas de 7 comunas de Biobío que venden entre 200 y 1.200 UF al año."
    arica = fichas["2027-encuentro-arica-sabores-del-desierto"]
    assert arica.startswith("Negocios liderados por mujeres de Arica y Parinacota, y Tarapacá que venden")
    assert arica.endswith("También si aún no inicias actividades.")
    assert enumerar(["Arica", "Talca", "Iquique"]) == "Arica, Talca e Iquique"


def test_la_pagina_responde_las_cuatro_preguntas_en_orden(paginas: dict[str, str], publicado: Horneado) -> None:
    for id_convocatoria in publicado.ids():
        titulos = [h.texto for h in leer(paginas[f"/convocatorias/{id_convocatoria}/"]).uno("main").todos("h2")]
        preguntas = [t for t in titulos if t.startswith("¿")]
        esperadas = ["¿Qué es?", "¿Qué apoyo entrega?", "¿Quiénes pueden acceder?", "¿Cómo postular?"]
        assert preguntas == esperadas, id_convocatoria
        assert {"Fechas", "Cómo se elige", "Resultados", "Bases", "Contacto"} <= set(titulos)


def test_el_pliego_trae_todas_las_preguntas_documentos_reglas_pauta_y_bases(
    paginas: dict[str, str], publicado: Horneado
) -> None:
    fichas: dict[str, FichaConvocatoria] = {c.id: c for c in fichas_al(publicado, AHORA).convocatorias}
    for id_convocatoria, c in fichas.items():
        main = leer(paginas[f"/convocatorias/{id_convocatoria}/imprimir/"]).uno("main")
        for pregunta in preguntas_para(c.dominio, publicado):
            assert pregunta.titulo in main.texto, (id_convocatoria, pregunta.clave)
            assert all(texto in main.texto for _, texto in pregunta.opciones), pregunta.clave
        assert all(d["titulo"] in main.texto for d in c.documentos)
        assert all(c.reglas[regla]["requisito"] in main.texto for regla in c.reglas_que_rigen)
        assert all(n.texto in main.texto for k in c.dominio.criterios for n in k.descriptores)
        assert "Estas bases son un ejemplo." in main.texto
        assert not main.todos("form")


def test_los_resultados_van_por_folio_con_su_corte_y_sin_nombrar_personas(paginas: dict[str, str]) -> None:
    texto = leer(paginas[f"/convocatorias/{COQUIMBO}/resultados/"]).uno("main").texto
    assert "nota de corte: la de la última que entró4,85" in texto.replace(" 4,85", "4,85")
    assert "KAC7 66GW" in texto
    assert "Cerámica Luna Llena" in texto
    assert "Corte: nota 4,85" in texto
    motivos = {"Otros motivos de la revisión, juntos": 18}
    for frase, cuantas in motivos.items():
        assert re.search(rf"{frase}[^\d]*{cuantas}\b", texto), frase
    assert "alimentos" not in texto
    por_llegada = leer(paginas[f"/convocatorias/{MAGALLANES}/resultados/"]).uno("main").texto
    assert "Hasta aquí alcanzaron los cupos" in por_llegada
    assert "Nota" not in por_llegada


def test_solo_hay_pagina_de_resultados_donde_se_publicaron(paginas: dict[str, str]) -> None:
    con = {r for r in paginas if r.endswith("/resultados/") and r.startswith("/convocatorias/2")}
    assert con == {f"/convocatorias/{c}/resultados/" for c in (COQUIMBO, MAGALLANES)}
    assert "Aquí se publican por folio" in leer(paginas[f"/convocatorias/{MAULE}/"]).uno("main").texto


@pytest.mark.parametrize("id_convocatoria", [COQUIMBO, MAGALLANES])
def test_el_acta_de_muestra_se_descarga_tal_cual_y_se_repite_igual(
    portal: Path, id_convocatoria: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATOS", str(DATOS))
    archivo = f"transparencia/actas/{id_convocatoria}-001.json"
    assert (portal / "datos" / archivo).read_bytes() == (DATOS / archivo).read_bytes()
    codigo, dicho = replicar(str(portal / "datos" / archivo))
    assert codigo == IGUAL, dicho
    assert "Su sha256 es el publicado" in dicho


def test_una_razon_social_hostil_sale_como_texto(portal: Path, publicado: Horneado, tmp_path: Path) -> None:
    from generador.relleno import Relleno

    datos = tmp_path / "datos"
    shutil.copytree(DATOS, datos)
    archivo = datos / "transparencia" / "resultados.csv"
    texto = archivo.read_text(encoding="utf-8")
    archivo.write_text(texto.replace("Cerámica Luna Llena", "<script>alert(1)</script>"), encoding="utf-8")
    fichas = Fichas(leer_paquetes(datos), publicado, AHORA, Entradas())
    from generador.paginas_convocatorias import de_convocatorias

    pagina = next(p for p in de_convocatorias(fichas) if p.ruta == f"/convocatorias/{COQUIMBO}/resultados/")
    html = Relleno(RAIZ / "plantillas", fichas).de(pagina)["contenido"]
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_un_empate_en_el_corte_se_explica_y_se_marca_en_las_dos_listas(paginas: dict[str, str]) -> None:
    main = leer(paginas[f"/convocatorias/{COQUIMBO}/resultados/"]).uno("main")
    assert "Hubo empate en el corte. Pasó primero la mejor nota en este orden:" in main.texto
    assert [fila.texto.count("Empate") for fila in main.todos("tr") if "4,85" in fila.texto] == [1, 1]
    assert main.texto.count("Empate") == 2
    assert "mpate" not in leer(paginas[f"/convocatorias/{MAGALLANES}/resultados/"]).uno("main").texto
