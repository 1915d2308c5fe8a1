"""El borrador y su archivo: se guarda, se carga sin perder nada, se retoma, y dice qué cambió del formulario."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funciones import postular
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import montaje
from funciones.tramite import avance
from funciones.tramite.formulario import Recorrido
from funciones.tramite.respuestas import canonizar
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Contexto, Puerta
from tests.recorridos.mundo import CONVOCATORIA, respuestas_de, rut_de_ejemplo

OTRA = "2027-rueda-los-rios-mesa-del-sur"
RESPUESTAS = respuestas_de("Panes del Maule", rut_de_ejemplo(77_100_500))
BORRADOR = "BORRADOR: aún no has postulado"


@dataclass
class Persona:
    """Alguien que llena el formulario sin JavaScript."""

    puerta: Puerta
    clave: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def mandar(self, paso: str, accion: str = "seguir", convocatoria: str = CONVOCATORIA, **campos: str) -> Any:
        formulario = {"convocatoria": convocatoria, "clave": self.clave, "paso": paso, "accion": accion, **campos}
        return self.puerta.llamar("postular", "POST", "/api/postular", formulario=formulario, html=True)

    def responder(self, *claves: str) -> Any:
        salida = None
        for clave in claves:
            salida = self.mandar(clave, **{clave: RESPUESTAS[clave]})
            assert salida["statusCode"] == 200, salida["body"]
        return salida

    def cargar(self, contenido: bytes, nombre: str = "avance.json") -> Any:
        campos = {"convocatoria": CONVOCATORIA, "clave": self.clave, "paso": "tipo_persona", "accion": "cargar"}
        partes = [f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in campos.items()]
        cabeza = f'--x\r\nContent-Disposition: form-data; name="archivo"; filename="{nombre}"\r\n'
        cuerpo = "".join(partes).encode() + cabeza.encode() + b"Content-Type: application/json\r\n\r\n"
        evento = self.puerta.evento("POST", "/api/postular", html=True)
        evento["headers"]["content-type"] = "multipart/form-data; boundary=x"
        evento["body"] = base64.b64encode(cuerpo + contenido + b"\r\n--x--\r\n").decode()
        evento["isBase64Encoded"] = True
        return postular.handler(evento, Contexto())

    def archivo(self, paso: str = "rut", **campos: str) -> bytes:
        salida = self.mandar(paso, "guardar", **campos)
        assert salida["statusCode"] == 200
        return str(salida["body"]).encode()

    @property
    def guardadas(self) -> dict[str, str]:
        borrador = montaje().almacen.borrador(montaje().llavero.huella_borrador(self.clave), montaje().ahora())
        return {} if borrador is None else {k: v for k, v in borrador.respuestas.items() if k != "formulario"}


@pytest.fixture(scope="module")
def unica(tmp_path_factory: pytest.TempPathFactory, horneado: Path) -> Iterator[Puerta]:
    """El mismo entorno para lo que no mueve la hora: cada persona tiene su clave."""
    with entorno_embebido(tmp_path_factory.mktemp("avance"), horneado) as puerta:
        yield puerta


@pytest.fixture
def persona(unica: Puerta) -> Persona:
    unica.galletas = []
    return Persona(unica)


def recorrido(respuestas: dict[str, str]) -> Recorrido:
    convocatoria = montaje().horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    return Recorrido(montaje().horneado, convocatoria, respuestas)


# El archivo


def test_el_archivo_se_baja_se_lee_y_dice_que_es_un_borrador_sin_documentos(persona: Persona) -> None:
    persona.responder("tipo_persona", "rut", "nombre")
    salida = persona.mandar("representante", "guardar", representante="Ana de ejemplo")
    assert salida["headers"]["content-disposition"] == f'attachment; filename="avance-{CONVOCATORIA}.json"'
    assert salida["headers"]["cache-control"] == "no-store"
    contenido = json.loads(salida["body"])
    assert contenido["que_es"].startswith(BORRADOR)
    assert "No lleva tus documentos" in contenido["que_es"]
    assert "\n  " in salida["body"]
    dichas = {fila["clave"]: fila["respuesta"] for fila in contenido["respuestas"]}
    assert (dichas["nombre"], dichas["representante"], dichas["comuna"]) == ("Panes del Maule", "Ana de ejemplo", None)
    assert "declaracion" not in dichas


def test_lo_escrito_en_la_pagina_va_en_el_archivo_aunque_todavia_no_sirva(persona: Persona) -> None:
    persona.responder("tipo_persona")
    archivo = persona.archivo("rut", rut="76.086.428-1")
    assert "rut" not in persona.guardadas
    otra = Persona(persona.puerta)
    salida = otra.cargar(archivo)
    assert "Habías escrito: 76.086.428-1" in salida["body"]
    assert otra.guardadas == {"tipo_persona": "juridica"}


def test_guardar_el_archivo_tambien_guarda_lo_escrito_en_este_navegador(persona: Persona) -> None:
    salida = persona.mandar("tipo_persona", "guardar", tipo_persona="natural")
    assert persona.guardadas == {"tipo_persona": "natural"}
    assert salida["cookies"][0].startswith("borrador-")


_TEXTO = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)


@st.composite
def respuestas_posibles(elegir: Callable[[Any], Any]) -> dict[str, str]:
    """Un borrador a medias: cada pregunta sin tocar, en blanco o con algo escrito que sirve."""
    fijas: dict[str, list[str]] = {
        "rut": [RESPUESTAS["rut"]],
        "comuna": ["07101", "13120"],
        "actividad": ["107100"],
        "otras_actividades": ["ninguna", "107100, 561000"],
        "correo": ["ana@ejemplo.cl"],
        "telefono": ["+56912345678"],
    }
    tipo = elegir(st.sampled_from(["natural", "juridica", "cooperativa"]))
    dadas = {"tipo_persona": tipo}
    for p in recorrido(dadas).preguntas:
        if p.tipo in {"tipo_persona", "casilla"} or not elegir(st.booleans()):
            continue
        if p.opciones or p.tipo == "si_no":
            valor = elegir(st.sampled_from([valor for valor, _ in p.opciones] or ["si", "no"]))
        elif p.tipo in {"plata", "entero"}:
            valor = str(elegir(st.integers(0, 999_999)))
        elif p.tipo == "fecha":
            valor = elegir(st.dates(min_value=date(1950, 1, 1), max_value=p.hasta)).isoformat()
        else:
            valor = elegir(st.sampled_from(fijas[p.clave]) if p.clave in fijas else _TEXTO)
        if valor.strip():
            dadas[p.clave] = canonizar(p, valor, montaje().horneado)
        elif not p.obligatoria:
            dadas[p.clave] = ""
    return dadas


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(datos=st.data())
def test_ida_y_vuelta_conserva_todas_las_respuestas(unica: Puerta, datos: st.DataObject) -> None:
    dadas = datos.draw(respuestas_posibles())
    antes = recorrido(dadas)
    crudo = avance.archivo(antes, {}).texto
    assert crudo is not None
    cargado = avance.cargar(crudo.encode(), antes.convocatoria, antes.publicado, {})
    assert cargado.recorrido.respuestas == dadas
    assert not cargado.cambios


@settings(max_examples=80)
@given(crudo=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_cualquier_archivo_se_carga_o_se_explica(unica: Puerta, crudo: bytes) -> None:
    convocatoria = montaje().horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    with pytest.raises(avance.AvanceMalo, match=r"\.$"):
        avance.cargar(crudo, convocatoria, montaje().horneado, {})


def _cambiado(archivo: bytes, **cambios: Any) -> bytes:
    return json.dumps({**json.loads(archivo), **cambios}).encode()


@pytest.mark.parametrize(
    ("como", "dice"),
    [
        (lambda a: b"", "Elige el archivo de tu avance."),
        (lambda a: a[: len(a) // 2], "está dañado"),
        (lambda a: b"%PDF-1.4\xff\xfe", "está dañado"),
        (lambda a: b"[" * 100_000, "está dañado"),
        (lambda a: b" " * 200_001, "pesa demasiado"),
        (lambda a: _cambiado(a, formato="otro"), "está dañado"),
        (lambda a: _cambiado(a, version_del_formato=2), "está dañado"),
        (lambda a: _cambiado(a, respuestas=[{"clave": "rut"}]), "está dañado"),
        (lambda a: _cambiado(a, respuestas=[{"clave": 1, "pregunta": "a", "respuesta": "b"}]), "está dañado"),
        (lambda a: _cambiado(a, convocatoria=OTRA), "es de «Rueda de negocios «Mesa del sur»»"),
        (lambda a: _cambiado(a, convocatoria="no-existe"), "es de otra convocatoria"),
        (lambda a: _cambiado(a, convocatoria={"a": 1}), "es de otra convocatoria"),
    ],
    ids=[
        "ninguno",
        "cortado",
        "pdf",
        "hondo",
        "pesado",
        "ajeno",
        "futuro",
        "sin partes",
        "numero",
        "otra",
        "nada",
        "x",
    ],
)
def test_un_archivo_que_no_sirve_se_explica_y_no_se_pierde_nada(
    persona: Persona, como: Callable[[bytes], bytes], dice: str
) -> None:
    persona.responder("tipo_persona", "rut")
    antes = persona.guardadas
    salida = persona.cargar(como(persona.archivo()))
    assert salida["statusCode"] == 422
    assert "<title>Error: " in salida["body"]
    junto = re.search(r'id="error-archivo">([^<]+)<', salida["body"])
    arriba = re.search(r'<a href="#archivo">([^<]+)</a>', salida["body"])
    assert junto
    assert arriba
    assert dice in junto[1]
    assert junto[1] == arriba[1]
    assert persona.guardadas == antes


def test_un_avance_con_todo_sigue_en_el_primer_documento_y_dice_que_faltan(persona: Persona) -> None:
    completo = recorrido({k: v for k, v in RESPUESTAS.items() if k != "declaracion"} | {"ventas": "24500000"})
    crudo = avance.archivo(completo, {}).texto
    assert crudo is not None
    salida = persona.cargar(crudo.encode())
    assert "El archivo no trae documentos" in salida["body"]
    assert BORRADOR in salida["body"]
    siguiente = persona.mandar("tipo_persona", "al_dia")
    assert "Certificado carpeta-tributaria" in siguiente["body"]


def test_otra_puerta_no_recibe_archivos(persona: Persona) -> None:
    salida = persona.mandar("tipo_persona", "seguir", tipo_persona="natural")
    assert salida["statusCode"] == 200
    respuesta = persona.cargar(b"{}")
    assert respuesta["statusCode"] == 422


# Volver


def test_desde_la_primera_respuesta_este_navegador_vuelve_donde_quedo(persona: Persona) -> None:
    persona.responder("tipo_persona", "rut")
    assert [g.partition("=")[2] for g in persona.puerta.galletas] == [persona.clave]
    pagina = persona.puerta.llamar(
        "postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA}, html=True
    )["body"]
    assert "Sigues donde quedaste" in pagina
    assert "¿Cuál es el nombre o la razón social?" in pagina
    assert f'name="clave" value="{persona.clave}"' in pagina


def test_la_galleta_dura_lo_mismo_que_el_borrador_y_ningun_guion_la_lee(persona: Persona) -> None:
    [galleta] = persona.responder("tipo_persona")["cookies"]
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=86400", "Path=/api"} <= set(galleta.split("; "))


def test_mirar_no_guarda_y_empezar_otra_no_toca_la_primera(persona: Persona) -> None:
    persona.responder("tipo_persona", "rut")
    antes = persona.guardadas
    for consulta in ({}, {"nuevo": "si"}):
        pagina = persona.puerta.llamar(
            "postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA, **consulta}, html=True
        )["body"]
    assert persona.clave not in pagina
    assert persona.guardadas == antes


@pytest.mark.parametrize("galleta", ["borrador-0000000000000000={clave}", "otra={clave}", "{propia}=zzz", ""])
def test_sin_su_galleta_entera_no_se_ve_el_borrador_de_nadie(persona: Persona, galleta: str) -> None:
    persona.responder("tipo_persona", "rut")
    propia = persona.puerta.galletas[0].split("=")[0]
    persona.puerta.galletas = [galleta.format(clave=persona.clave, propia=propia)]
    pagina = persona.puerta.llamar(
        "postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA}, html=True
    )["body"]
    assert "¿Cómo postulas?" in pagina
    assert "Sigues donde quedaste" not in pagina


def test_un_borrador_de_otra_convocatoria_no_se_mezcla(persona: Persona) -> None:
    persona.mandar("tipo_persona", convocatoria=OTRA, tipo_persona="emprendedor")
    pagina = persona.puerta.llamar(
        "postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA}, html=True
    )["body"]
    assert "Sigues donde quedaste" not in pagina
    assert persona.mandar("rut", rut=RESPUESTAS["rut"])["statusCode"] == 409


def test_borrar_deja_sin_respuestas_y_sin_galleta(persona: Persona) -> None:
    persona.responder("tipo_persona", "rut")
    salida = persona.mandar("nombre", "borrar")
    assert "Borramos tu borrador" in salida["body"]
    assert "Max-Age=0" in salida["cookies"][0]
    assert persona.guardadas == {}
    assert persona.mandar("nombre", "borrar")["statusCode"] == 200


def test_a_las_veinticuatro_horas_ya_no_esta(puerta: Puerta) -> None:
    persona = Persona(puerta)
    persona.responder("tipo_persona")
    puerta.pasar(timedelta(hours=23, minutes=59))
    assert persona.mandar("rut", rut="x")["statusCode"] == 422
    puerta.pasar(timedelta(minutes=2))
    assert persona.mandar("rut", rut="x")["statusCode"] == 409


# El formulario cambia


@pytest.fixture
def cambiar(puerta: Puerta, horneado: Path, tmp_path: Path) -> Callable[[Callable[[list[dict[str, Any]]], None]], None]:
    """Publica otra versión del formulario, como si se desplegara mientras alguien lo llena."""

    def publicar(retocar: Callable[[list[dict[str, Any]]], None]) -> None:
        crudo = json.loads(horneado.read_text(encoding="utf-8"))
        retocar(crudo["formularios"]["postulacion"])
        Horneado(crudo)
        otro = tmp_path / "otro.json"
        otro.write_text(json.dumps(crudo), encoding="utf-8")
        puerta.entorno["HORNEADO"] = str(otro)

    return publicar


def _version_nueva(preguntas: list[dict[str, Any]]) -> None:
    """Una nueva, una que dice otra cosa, una que ya no está y una a la que le quitaron opciones."""
    por_clave = {p["clave"]: p for p in preguntas}
    por_clave["nombre"]["titulo"] = "¿Cómo se llama tu negocio?"
    por_clave["inicio_actividades"]["opciones"] = [{"valor": "no", "texto": "No tengo"}]
    preguntas.remove(por_clave["representante"])
    nueva = {**por_clave["lleva"], "clave": "vende_en", "titulo": "¿Dónde vendes hoy?", "orden": 90}
    preguntas.append(nueva)


HASTA_EL_INICIO = ("tipo_persona", "rut", "nombre", "representante", "comuna", "inicio_actividades")


def _dice_lo_que_cambio(pagina: str) -> None:
    titulos = [re.sub(r"<[^>]+>", "", t) for t in re.findall(r"<h2>(.*?)</h2>", pagina)]
    assert titulos[:4] == [
        "Preguntas nuevas",
        "Preguntas que cambiaron: revisa tu respuesta",
        "Ya no se preguntan",
        "Hay que responder otra vez",
    ]
    for texto in ("¿Dónde vendes hoy?", "¿Cómo se llama tu negocio?", "¿Quién representa a la empresa o cooperativa?"):
        assert f"<li>{texto}</li>" in pagina
    assert "Habías escrito: primera" in pagina


def test_si_el_formulario_cambia_a_medio_llenar_se_dice_que_y_se_conserva_lo_que_sirve(
    puerta: Puerta, cambiar: Callable[..., None]
) -> None:
    persona = Persona(puerta)
    persona.responder(*HASTA_EL_INICIO)
    cambiar(_version_nueva)
    salida = persona.mandar("actividad", actividad="107100")
    assert "El formulario cambió" in salida["body"]
    _dice_lo_que_cambio(salida["body"])
    # Otra vez lo mismo hasta que la persona lo vea; enviar tampoco lo salta.
    assert "El formulario cambió" in persona.mandar("revisar", "enviar")["body"]
    siguiente = persona.mandar("tipo_persona", "al_dia")
    assert "¿Tienes inicio de actividades ante el SII?" in siguiente["body"]
    quedan = persona.guardadas
    assert quedan["actividad"] == "107100"
    assert "inicio_actividades" not in quedan
    assert "El formulario cambió" not in persona.mandar("inicio_actividades", inicio_actividades="no")["body"]


def test_volver_al_borrador_despues_de_un_cambio_tambien_lo_dice(puerta: Puerta, cambiar: Callable[..., None]) -> None:
    persona = Persona(puerta)
    persona.responder(*HASTA_EL_INICIO)
    cambiar(_version_nueva)
    consulta = {"convocatoria": CONVOCATORIA}
    pagina = puerta.llamar("postular", "GET", "/api/postular", consulta=consulta, html=True)["body"]
    _dice_lo_que_cambio(pagina)
    assert persona.guardadas["inicio_actividades"] == "primera"


def test_un_archivo_de_la_version_anterior_dice_que_cambio(puerta: Puerta, cambiar: Callable[..., None]) -> None:
    persona = Persona(puerta)
    persona.responder(*HASTA_EL_INICIO)
    archivo = persona.archivo("actividad")
    cambiar(_version_nueva)
    salida = Persona(puerta).cargar(archivo)
    assert "Cargamos tu avance" in salida["body"]
    _dice_lo_que_cambio(salida["body"])


def test_si_no_cambio_nada_suyo_no_se_le_anuncia(puerta: Puerta, cambiar: Callable[..., None]) -> None:
    persona = Persona(puerta)
    persona.responder("tipo_persona", "rut")

    def solo_de_cooperativas(preguntas: list[dict[str, Any]]) -> None:
        next(p for p in preguntas if p["clave"] == "asociados")["titulo"] = "¿Cuántas personas asociadas son?"

    cambiar(solo_de_cooperativas)
    assert "El formulario cambió" not in persona.mandar("nombre", nombre="Panes del Maule")["body"]


def _con_su_direccion(persona: Persona, paso: str) -> tuple[str, Any]:
    """Responde como un navegador que guarda galletas: la dirección a la que lo llevan, y qué contestó."""
    persona.puerta.llamar("postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA}, html=True)
    campos = {"convocatoria": CONVOCATORIA, "clave": persona.clave, "paso": paso, "accion": "seguir"}
    evento = persona.puerta.evento("POST", "/api/postular", formulario=campos | {paso: RESPUESTAS[paso]}, html=True)
    salida = postular.handler(evento, Contexto())
    return salida["headers"].get("location", ""), salida


def _pedir(persona: Persona, direccion: str, galletas: list[str]) -> Any:
    persona.puerta.galletas = [galleta.split(";")[0] for galleta in galletas]
    consulta = dict(parse_qsl(urlsplit(direccion).query))
    return persona.puerta.llamar("postular", "GET", "/api/postular", consulta=consulta, html=True)


def test_cada_pagina_tiene_su_direccion_para_volver_atras_y_recargar(persona: Persona) -> None:
    direccion, salida = _con_su_direccion(persona, "tipo_persona")
    assert (salida["statusCode"], salida["body"]) == (303, "")
    assert persona.clave not in direccion
    antes = persona.guardadas
    for _ in range(2):
        assert "¿Cuál es el RUT?" in _pedir(persona, direccion, salida["cookies"])["body"]
    primera = direccion.replace("paso=rut", "paso=tipo_persona")
    assert 'value="juridica" checked' in _pedir(persona, primera, salida["cookies"])["body"]
    assert persona.guardadas == antes


def test_la_direccion_de_un_paso_no_muestra_nada_sin_su_galleta(persona: Persona) -> None:
    direccion, _ = _con_su_direccion(persona, "tipo_persona")
    marca = direccion.split("borrador=")[1].split("&")[0]
    for galletas in ([], ["galletas=si"], [f"borrador-{marca}={secrets.token_urlsafe(24)}"]):
        persona.puerta.galletas = []
        respuesta = _pedir(persona, direccion, galletas)
        assert respuesta["statusCode"] == 409
        assert "Si ya enviaste, tu folio está en el correo" in respuesta["body"]


def test_una_direccion_que_ya_no_le_toca_lleva_a_lo_que_falta(persona: Persona) -> None:
    direccion, salida = _con_su_direccion(persona, "tipo_persona")
    respuesta = _pedir(persona, direccion.replace("paso=rut", "paso=asociados"), salida["cookies"])
    assert respuesta["statusCode"] == 200
    assert "¿Cuál es el RUT?" in respuesta["body"]


def test_sin_galletas_la_respuesta_es_la_pagina_misma(persona: Persona) -> None:
    persona.puerta.galletas = []
    salida = persona.responder("tipo_persona")
    assert "location" not in salida["headers"]
    assert "¿Cuál es el RUT?" in salida["body"]
