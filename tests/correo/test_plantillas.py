"""Cada estado con aviso tiene su correo: dice qué pasó, qué sigue y, si deniega, por qué y cómo reclamar."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jinja2
import pytest

from funciones.adaptadores.redaccion import LARGO_ASUNTO, redactar
from funciones.dominio.postulacion import DENEGACIONES, SIN_AVISO, Estado
from funciones.dominio.seleccion import Motivo
from tests.correo.contexto import CODIGO, CODIGO_ENCUESTA, PLANTILLAS, PORTAL, completo, minimo

CON_AVISO = sorted(set(Estado) - SIN_AVISO)
# La desistida no la decide una persona, pero cierra la postulación: también se puede reclamar.
CON_RECURSO = sorted(DENEGACIONES | {Estado.DESISTIDA})
CORREOS = PLANTILLAS / "correo"
PALABRAS_MAXIMO = 25
VACIAS = frozenset({"meta", "br", "img", "hr", "link", "input"})
EN_LINEA = frozenset({"a", "strong"})

Contexto = Callable[..., dict[str, Any]]


class Lector(HTMLParser):
    """Lee el HTML como lo vería una persona y anota las etiquetas que quedan mal cerradas."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.etiquetas: list[str] = []
        self.enlaces: list[str] = []
        self.textos: list[str] = []
        self.problemas: list[str] = []
        self._abiertas: list[str] = []
        self.feed(html)
        self.close()
        self.problemas += [f"<{e}> sin cerrar" for e in self._abiertas]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.etiquetas.append(tag)
        self._separar(tag)
        self.enlaces += [valor or "" for nombre, valor in attrs if nombre in {"href", "src"}]
        if tag not in VACIAS:
            self._abiertas.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._separar(tag)
        if not self._abiertas or self._abiertas.pop() != tag:
            self.problemas.append(f"</{tag}> de más")

    def _separar(self, tag: str) -> None:
        if tag not in EN_LINEA:
            self.textos.append(" ")

    def handle_data(self, data: str) -> None:
        if "style" not in self._abiertas:
            self.textos.append(data)

    @property
    def texto(self) -> str:
        return " ".join("".join(self.textos).split())


def frases(texto: str) -> list[str]:
    """Cada línea, partida donde un punto, una pregunta o dos puntos cierran la frase."""
    return [f for linea in texto.splitlines() for f in re.split(r"(?<=[.!?:;])\s+", linea) if f.strip()]


@pytest.mark.parametrize("estado", CON_AVISO)
def test_cada_estado_con_aviso_tiene_sus_dos_plantillas(estado: Estado) -> None:
    assert (CORREOS / f"{estado}.txt.j2").read_text(encoding="utf-8").startswith("Asunto: ")
    assert (CORREOS / f"{estado}.html.j2").is_file()


def test_cada_plantilla_es_de_un_estado_con_aviso() -> None:
    nombres = {a.name.split(".")[0] for a in CORREOS.iterdir() if not a.name.startswith("_")}
    assert nombres == set(CON_AVISO)


@pytest.mark.parametrize("estado", CON_RECURSO)
@pytest.mark.parametrize("forma", ["txt", "html"])
def test_toda_denegacion_incluye_el_recurso_y_las_razones(estado: Estado, forma: str) -> None:
    fuente = (CORREOS / f"{estado}.{forma}.j2").read_text(encoding="utf-8")
    for parte in ("recurso", "razones"):
        assert f'{{% include "correo/_{parte}.{forma}.j2" %}}' in fuente, f"a {estado} le falta el bloque de {parte}"


@pytest.mark.parametrize("contexto", [completo, minimo])
@pytest.mark.parametrize("estado", CON_AVISO)
def test_el_correo_se_escribe_sin_huecos(estado: Estado, contexto: Contexto) -> None:
    asunto, texto, html = redactar(estado, contexto(), PLANTILLAS)
    for parte in (asunto, texto, Lector(html).texto):
        assert parte.strip()
        assert not re.search(r"\{\{|\}\}|\{%|None|Undefined|\(\)|\bel \.|: *\.| ,|\.\.|«»", parte), parte
    # Ninguna línea queda con su rótulo y sin su dato.
    lineas = texto.splitlines()
    for linea, sigue in zip(lineas, [*lineas[1:], ""], strict=True):
        assert not linea.endswith(":") or sigue.strip(), f"«{linea}» no trae nada"
    assert "\n\n\n" not in texto


@pytest.mark.parametrize("contexto", [completo, minimo])
@pytest.mark.parametrize("estado", CON_AVISO)
def test_el_html_esta_bien_cerrado_y_no_pide_nada_a_terceros(estado: Estado, contexto: Contexto) -> None:
    leido = Lector(redactar(estado, contexto(), PLANTILLAS)[2])
    assert leido.problemas == []
    assert not {"img", "script", "link", "iframe", "form", "object"} & set(leido.etiquetas)
    assert all(enlace.startswith((PORTAL, "https://www.sercotec.cl")) for enlace in leido.enlaces)
    assert leido.etiquetas.count("h1") == 1


@pytest.mark.parametrize("contexto", [completo, minimo])
@pytest.mark.parametrize("estado", CON_AVISO)
def test_el_correo_dice_lo_que_todo_correo_dice(estado: Estado, contexto: Contexto) -> None:
    datos = contexto()
    _, texto, html = redactar(estado, datos, PLANTILLAS)
    for version in (texto, Lector(html).texto):
        for dicho in (
            datos["folio"],
            datos["nombre"],
            datos["convocatoria"]["nombre"],
            datos["convocatoria"]["actividad_texto"],
            datos["convocatoria"]["oficina_nombre"],
            "no te pide claves ni pagos",
        ):
            assert dicho in version
        assert ("DEMOSTRACIÓN" in version) is datos["convocatoria"]["demostracion"]


@pytest.mark.parametrize("estado", CON_AVISO)
def test_todo_enlace_secreto_se_puede_copiar_a_mano(estado: Estado) -> None:
    _, texto, html = redactar(estado, completo(), PLANTILLAS)
    codigo, ruta = {
        Estado.POR_CONFIRMAR: (CODIGO, "confirmar"),
        Estado.PARTICIPO: (CODIGO_ENCUESTA, "encuestar"),
    }.get(estado, (CODIGO, "consultar"))
    leido = Lector(html)
    for version in (texto, leido.texto):
        assert f"Entra a {PORTAL}/api/{ruta}" in version
        assert f"pega este código: {codigo}" in version
    enlace = f"{PORTAL}/api/{ruta}#folio=T5WX9JCD&codigo={codigo}"
    assert enlace in texto.splitlines()
    assert enlace in leido.enlaces


@pytest.mark.parametrize("estado", CON_RECURSO)
def test_toda_denegacion_dice_razon_correccion_y_recurso(estado: Estado) -> None:
    datos = completo()
    _, texto, html = redactar(estado, datos, PLANTILLAS)
    for version in (texto, Lector(html).texto):
        for falta in datos["reglas_incumplidas"]:
            for clave in ("titulo", "regla", "declarado", "correccion", "clausula"):
                assert falta[clave] in version
        for dicho in (datos["motivo"], *datos["recurso"].values()):
            assert dicho in version
        assert version.index(datos["motivo"]) < version.rindex(datos["recurso"]["hasta_texto"])


@pytest.mark.parametrize("cuantas", [0, 1, 2])
def test_el_motivo_se_dice_una_sola_vez_despues_de_las_reglas(cuantas: int) -> None:
    datos = completo()
    del datos["reglas_incumplidas"][cuantas:]
    _, texto, html = redactar(Estado.NO_ADMISIBLE, datos, PLANTILLAS)
    for version in (texto, Lector(html).texto):
        assert version.count(datos["motivo"]) == 1
        assert version.count("No cumple: ") == version.count("Declaraste: ") == cuantas
        assert version.index(datos["motivo"]) > version.rfind("Declaraste: ")


def test_lo_que_no_se_declaro_no_deja_un_rotulo_solo() -> None:
    datos = completo()
    for falta in datos["reglas_incumplidas"]:
        falta["declarado"] = ""
    _, texto, html = redactar(Estado.NO_ADMISIBLE, datos, PLANTILLAS)
    assert "Declaraste" not in texto + html


@pytest.mark.parametrize("estado", [Estado.EN_CORRECCION, Estado.RECIBIDA, Estado.RETENIDA])
def test_el_dia_del_resultado_solo_se_promete_si_todavia_viene(estado: Estado) -> None:
    for datos, se_dice in ((completo(venia_de=""), True), (completo(venia_de="", sabras_texto=""), False)):
        _, texto, html = redactar(estado, datos, PLANTILLAS)
        for version in (texto, Lector(html).texto):
            assert ("Sabrás el resultado el lunes 21 de diciembre de 2026." in version) is se_dice
            assert ("Sabrás el resultado" in version) is se_dice


def test_la_lista_de_espera_dice_cuantas_son_las_horas_para_aceptar_y_hasta_cuando() -> None:
    _, texto, html = redactar(Estado.LISTA_DE_ESPERA, completo(), PLANTILLAS)
    for version in (texto, Lector(html).texto):
        for dicho in ("En la lista hay 12 postulaciones", "48 horas", "el viernes 15 de enero de 2027"):
            assert dicho in version


def test_quien_fue_seleccionada_sabe_hasta_cuando_confirma_y_que_pasa_si_no() -> None:
    _, texto, html = redactar(Estado.SELECCIONADA, completo(), PLANTILLAS)
    for version in (texto, Lector(html).texto):
        assert "Puedes hacerlo hasta que empiece la actividad, el viernes 15 de enero de 2027." in version
        assert "Si no confirmas, el cupo sigue siendo tuyo" in version


@pytest.mark.parametrize("estado", [Estado.LISTA_DE_ESPERA, Estado.OFRECIDA])
def test_si_hay_cupos_asegurados_la_lista_dice_que_pasan_primero_a_su_grupo(estado: Estado) -> None:
    for hay in (True, False):
        _, texto, html = redactar(estado, completo(con_cupos_asegurados=hay), PLANTILLAS)
        for version in (texto, Lector(html).texto):
            assert ("pasa primero a su grupo" in version) is hay


def test_en_un_correo_el_canal_es_este_correo() -> None:
    datos = completo()
    datos["recurso"]["canal"] = "Responde el correo de la decisión o acércate a la oficina que organiza."
    _, texto, html = redactar(Estado.NO_ADMISIBLE, datos, PLANTILLAS)
    for version in (texto, Lector(html).texto):
        assert "Responde este correo o acércate a la oficina que organiza." in version


MOTIVOS = {
    Motivo.BAJO_NOTA_MINIMA: ("No alcanzó la nota mínima", "nota 4,0 o más", "tu nota es 3,80"),
    Motivo.SIN_CUPO_NI_ESPERA: ("No quedaron cupos ni lugares", "en el orden que dicen las bases", "iban antes"),
    Motivo.SOBRE_EL_TOPE: ("Llegó cuando ya estaban todas", "hasta 120 postulaciones", "ya estaba completo"),
}


@pytest.mark.parametrize("estado", [Estado.NO_SELECCIONADA, Estado.RECURSO_RECHAZADO])
@pytest.mark.parametrize("codigo", Motivo)
def test_quien_quedo_afuera_de_la_seleccion_lee_su_motivo_la_regla_y_lo_visto(codigo: Motivo, estado: Estado) -> None:
    _, texto, html = redactar(estado, completo(motivo_codigo=str(codigo)), PLANTILLAS)
    for dicho in MOTIVOS[codigo]:
        assert dicho in texto
        assert dicho in Lector(html).texto
    _, escueto, _ = redactar(estado, minimo(motivo_codigo=str(codigo)), PLANTILLAS)
    assert MOTIVOS[codigo][0] in escueto


def test_lo_que_decide_una_persona_lo_dice() -> None:
    for estado in (Estado.NO_ADMISIBLE, Estado.NO_SELECCIONADA, Estado.SELECCIONADA, Estado.LISTA_DE_ESPERA):
        _, texto, html = redactar(estado, completo(), PLANTILLAS)
        assert "Lo decidió una persona: evaluador, Dirección Regional" in texto
        assert "Lo decidió una persona: evaluador, Dirección Regional" in Lector(html).texto


@pytest.mark.parametrize("contexto", [completo, minimo])
@pytest.mark.parametrize("estado", CON_AVISO)
def test_ninguna_frase_pasa_de_veinticinco_palabras(estado: Estado, contexto: Contexto) -> None:
    asunto, texto, _ = redactar(estado, contexto(), PLANTILLAS)
    largas = [f for f in (asunto, *frases(texto)) if len(f.split()) > PALABRAS_MAXIMO]
    assert largas == []


@pytest.mark.parametrize("contexto", [completo, minimo])
@pytest.mark.parametrize("estado", CON_AVISO)
def test_la_voz_es_la_del_portal(estado: Estado, contexto: Contexto) -> None:
    asunto, texto, html = redactar(estado, contexto(), PLANTILLAS)
    todo = f"{asunto}\n{texto}\n{Lector(html).texto}".lower()
    for prohibida in ("por favor", "inválid", "felicitaciones", "rechazad", "clic aquí", "usted", "estimad"):
        assert prohibida not in todo


@pytest.mark.parametrize("estado", CON_AVISO)
def test_el_titulo_es_lo_primero_en_las_dos_versiones(estado: Estado) -> None:
    _, texto, html = redactar(estado, completo(), PLANTILLAS)
    titulo = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert titulo is not None
    assert texto.splitlines()[0] == f"{titulo[1]}."


@pytest.mark.parametrize("estado", CON_AVISO)
def test_el_texto_no_lleva_entidades_de_html(estado: Estado) -> None:
    datos = completo(nombre="Dulces & Quesos «Ñuñoa» d'Or <SpA>", motivo="Ventas > 2.400 UF & sin papeles")
    _, texto, _ = redactar(estado, datos, PLANTILLAS)
    assert "Dulces & Quesos «Ñuñoa» d'Or <SpA>" in texto
    assert not re.search(r"&\w+;|&#", texto)


@pytest.mark.parametrize("hostil", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "{% include 'x' %}", '" onclick="x()'])
@pytest.mark.parametrize("estado", CON_AVISO)
def test_un_nombre_hostil_no_pasa_al_html(estado: Estado, hostil: str) -> None:
    datos = completo(nombre=hostil, representante=hostil, motivo=hostil, puntaje=hostil)
    for falta in datos["reglas_incumplidas"]:
        falta["declarado"] = hostil + "!"
    _, texto, html = redactar(estado, datos, PLANTILLAS)
    leido = Lector(html)
    assert hostil in texto
    assert hostil in leido.texto
    assert leido.problemas == []
    assert "script" not in leido.etiquetas
    assert "49" not in leido.texto


@pytest.mark.parametrize("estado", CON_AVISO)
def test_un_dato_con_saltos_de_linea_no_fabrica_lineas_ni_cabeceras(estado: Estado) -> None:
    datos = completo(nombre="Sal SpA\r\nBcc: otra@example.org\n\nPaga ahora", puntaje="4\r\nBcc: x@example.org")
    datos["convocatoria"]["nombre"] = "Feria\r\nBcc: otra@example.org"
    datos["lugar_espera"] = "1\nBcc: x@example.org"
    asunto, texto, _ = redactar(estado, datos, PLANTILLAS)
    assert "\n" not in asunto
    assert "\r" not in asunto
    assert not [linea for linea in texto.splitlines() if linea.startswith(("Bcc", "Paga"))]


@pytest.mark.parametrize("estado", CON_AVISO)
def test_el_asunto_cabe_en_una_linea_de_cabecera(estado: Estado) -> None:
    for datos in (completo(), minimo(), completo(lugar_espera="9" * 200)):
        assert len(redactar(estado, datos, PLANTILLAS)[0]) <= LARGO_ASUNTO


@pytest.mark.parametrize("estado", CON_AVISO)
def test_quien_postula_no_puede_mandar_un_enlace_en_su_nombre(estado: Estado) -> None:
    malo = "Gana plata en https://malo.example/x o en www.malo.example hoy"
    _, texto, html = redactar(estado, completo(nombre=malo, representante=malo), PLANTILLAS)
    assert "malo.example" not in texto + html
    assert "Gana plata en o en hoy" in texto
    solo_enlace = redactar(estado, completo(nombre="https://malo.example"), PLANTILLAS)[1]
    assert "Quien postula: quien postula" in solo_enlace


@pytest.mark.parametrize("clave", sorted(completo().keys() - {"asunto"}))
def test_un_hueco_sin_dato_es_un_error_y_no_un_silencio(clave: str) -> None:
    datos = completo()
    del datos[clave]
    fallan = 0
    for estado in CON_AVISO:
        try:
            redactar(estado, datos, PLANTILLAS)
        except jinja2.UndefinedError:
            fallan += 1
    assert fallan, f"ninguna plantilla usa {clave}, o alguna calla su falta"


def test_los_parrafos_de_quien_decide_se_respetan() -> None:
    datos = completo(motivo="Falta la carpeta.\r\n\r\nLlegó solo la portada.")
    _, texto, html = redactar(Estado.EN_CORRECCION, datos, PLANTILLAS)
    assert "Falta la carpeta.\nLlegó solo la portada." in texto
    assert "Falta la carpeta.\nLlegó solo la portada." in html


def test_la_franja_de_la_region_se_pinta_de_amarillo() -> None:
    datos = completo()
    assert "#f2c728" not in redactar(Estado.RECIBIDA, datos, PLANTILLAS)[2]
    datos["convocatoria"]["region_orden"] = 9
    html = redactar(Estado.RECIBIDA, datos, PLANTILLAS)[2]
    franjas = re.findall(r"height:18px;background:(#\w+)", html)
    assert len(franjas) == 16
    assert [n for n, color in enumerate(franjas, start=1) if color == "#f2c728"] == [9]


def test_las_plantillas_se_encuentran_desde_cualquier_carpeta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert redactar(Estado.RECIBIDA, completo(), PLANTILLAS)[0]
