"""A quien ya postuló se le cuenta una vez cada cambio de su actividad, aunque el reparto se corte o corra dos veces."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from funciones import difundir, notificar
from funciones.adaptadores import correo_maildir
from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.correo import CorreoNoResponde, DireccionRechazada
from funciones.avisos import avisar_cambios, contactos
from funciones.dominio.postulacion import Estado, Postulacion
from tests.funciones.conftest import entorno_embebido
from tests.funciones.cortes import Cortador, Corte, Falla
from tests.funciones.puerta import Puerta
from tests.funciones.test_suscribir import buzon, texto
from tests.mundo import a_la_vez, avanzar
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

HOY = "2026-11-23"
EVENTO = "feria-sabores-y-oficios-2027"
_NUMEROS = count(1)


def republicar(puerta: Puerta, cambiar: Callable[[dict[str, Any]], None]) -> None:
    crudo = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    cambiar(crudo)
    copia = Path(puerta.entorno["ESTADO_LOCAL"]) / f"republicado-{next(_NUMEROS)}.json"
    copia.parent.mkdir(exist_ok=True)
    copia.write_text(json.dumps(crudo), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(copia)


def enmendar(puerta: Puerta, campo: str, antes: str, despues: str, **cambios: Any) -> None:
    """Hoy, en la convocatoria; su motivo, «El recinto no está.»."""

    def cambiar(crudo: dict[str, Any]) -> None:
        suya = crudo["convocatorias"][CONVOCATORIA]
        hecha = {
            "numero": len(suya["enmiendas"]) + 1,
            "fecha": HOY,
            "motivo": "El recinto no está.",
            "alcance": "mayor",
        }
        suya["enmiendas"].append(hecha | {"campo": campo, "antes": antes, "despues": despues} | cambios)
        suya[campo] = despues

    republicar(puerta, cambiar)


def cancelar(puerta: Puerta) -> None:
    enmendar(puerta, "situacion", "vigente", "cancelada")


def mover(puerta: Puerta, hasta: str = "2099-01-20") -> None:
    enmendar(puerta, "actividad_termino", "2099-01-17", hasta)


def postulada(puerta: Puerta, numero: int = 0) -> str:
    folio, _ = puerta.recibida(rut_de_ejemplo(77_400_000 + numero), correo=f"quien-{numero}@correo.example")
    return folio


def llevar(puerta: Puerta, folio: str, *estados: Estado) -> Postulacion:
    """La mueve por esos estados, sin pasar por las puertas."""
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    return avanzar(puerta.montaje.almacen, postulacion, *estados)


def de_cambios(puerta: Puerta) -> list[EmailMessage]:
    return [c for c in buzon(puerta) if "La actividad" in str(texto(c)) or "Se canceló" in str(c["Subject"])]


def avisados(puerta: Puerta, veces: int = 1) -> list[int]:
    return [difundir.difundir()["cambios"] for _ in range(veces)]


def test_una_cancelacion_se_avisa_una_vez_con_su_motivo_y_que_hacer(puerta: Puerta) -> None:
    folio = postulada(puerta)
    assert avisados(puerta) == [0]
    cancelar(puerta)
    assert avisados(puerta, 3) == [1, 0, 0]
    (correo,) = de_cambios(puerta)
    assert correo["To"] == "quien-0@correo.example"
    assert str(correo["Subject"]).startswith("Se canceló: ")
    assert correo["List-Unsubscribe"] is None
    for dicho in (
        "Se canceló la actividad a la que postulaste.",
        "El recinto no está.",
        "Tu postulación termina aquí",
        "No tienes que hacer nada.",
        "/convocatorias/",
        f"folio={folio}",
        "Responde este correo",
    ):
        assert dicho in texto(correo)
    # La fecha que ya no vale no se repite.
    assert "Fecha de la actividad" not in texto(correo)


def test_lo_que_se_mueve_dice_antes_y_ahora_y_un_cambio_nuevo_es_otro_correo(puerta: Puerta) -> None:
    postulada(puerta)
    mover(puerta)
    assert avisados(puerta, 2) == [1, 0]
    mover(puerta, "2099-01-21")
    assert avisados(puerta, 2) == [1, 0]
    primero, segundo = de_cambios(puerta)
    assert str(primero["Subject"]).startswith("Cambió de fecha: ")
    assert "Antes: sábado 17 de enero de 2099." in texto(primero)
    assert "Ahora: martes 20 de enero de 2099." in texto(primero)
    assert "21 de enero" in texto(segundo)
    assert "martes 20 de enero" not in texto(segundo)
    assert primero["Message-ID"] != segundo["Message-ID"]


def test_lo_menor_y_lo_que_es_de_quien_aun_no_postula_no_se_avisa(puerta: Puerta) -> None:
    postulada(puerta)
    enmendar(puerta, "cupos", "2", 3, alcance="menor")  # type: ignore[arg-type]
    enmendar(puerta, "cierre", "x", "2099-12-31T15:00:00Z")
    enmendar(puerta, "resultados", "2099-01-01", "2099-01-02", fecha="2026-11-30")
    assert avisados(puerta) == [0]
    puerta.pasar(timedelta(days=7))
    assert avisados(puerta) == [1]


@pytest.mark.parametrize(
    ("estados", "dicho"),
    [
        ((Estado.ADMISIBLE, Estado.SELECCIONADA, Estado.CONFIRMADA), "Sigues con tu cupo."),
        ((Estado.ADMISIBLE, Estado.LISTA_DE_ESPERA, Estado.OFRECIDA), "Sigues con un cupo por aceptar."),
        ((Estado.ADMISIBLE, Estado.LISTA_DE_ESPERA), "Sigues en la lista de espera"),
        ((Estado.RETIRADA,), None),
        ((Estado.NO_ADMISIBLE,), None),
    ],
)
def test_a_cada_quien_segun_lo_que_tiene(puerta: Puerta, estados: tuple[Estado, ...], dicho: str | None) -> None:
    llevar(puerta, postulada(puerta), *estados)
    mover(puerta)
    assert avisados(puerta) == [int(dicho is not None)]
    assert [dicho in texto(c) for c in de_cambios(puerta)] == ([True] if dicho else [])


def test_quien_postula_despues_del_cambio_ya_lo_leyo(puerta: Puerta) -> None:
    postulada(puerta, 1)
    mover(puerta)
    assert avisados(puerta) == [1]
    puerta.pasar(timedelta(minutes=10))
    postulada(puerta, 2)
    assert avisados(puerta) == [0]


def test_lo_que_cambia_el_evento_tambien_y_sin_repetir_lo_de_su_convocatoria(puerta: Puerta) -> None:
    postulada(puerta)

    def cambiar(crudo: dict[str, Any]) -> None:
        crudo["convocatorias"][CONVOCATORIA]["evento"] = EVENTO
        comun = {"fecha": HOY, "motivo": "La plaza está en obras.", "alcance": "mayor"}
        crudo["cambios_de_eventos"][EVENTO] = [
            comun | {"numero": 1, "campo": "situacion", "antes": "programado", "despues": "trasladado"},
            comun
            | {"numero": 2, "campo": "sede", "antes": "plaza-de-armas-de-talca", "despues": "explanada-del-muelle"},
            comun | {"numero": 3, "campo": "termino", "antes": "2099-01-17T20:00", "despues": "2099-01-20T19:00"},
        ]

    republicar(puerta, cambiar)
    mover(puerta)
    assert avisados(puerta, 2) == [1, 0]
    (correo,) = de_cambios(puerta)
    dicho = texto(correo)
    assert str(correo["Subject"]).startswith("Cambió de fecha y de lugar: ")
    assert "Antes: Plaza de Armas de Talca, Centro de la ciudad." in dicho
    assert "Ahora: Explanada del muelle, Borde costero." in dicho
    assert "martes 20 de enero de 2099 a las 19:00" in dicho
    # La convocatoria dice lo mismo sin la hora, y «trasladado» sobra al lado del lugar nuevo.
    assert dicho.count("martes 20 de enero") == 1
    assert "Cambia de lugar" not in dicho
    assert dicho.count("Por qué: ") == 2


def test_lo_que_termino_no_se_avisa(puerta: Puerta) -> None:
    postulada(puerta)
    cancelar(puerta)
    publicada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert publicada is not None
    dias = publicada.actividad_termino - date.fromisoformat(HOY)
    puerta.pasar(dias + timedelta(days=1))
    assert avisados(puerta) == [0]


def test_a_la_direccion_que_no_existe_no_se_insiste_y_queda_dicho(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    folio = postulada(puerta)
    cancelar(puerta)

    def rechaza(*_: object) -> str:
        raise DireccionRechazada

    monkeypatch.setattr(correo_maildir.CorreoMaildir, "enviar", rechaza)
    assert avisados(puerta, 2) == [1, 0]
    # La oficina la ve por contactar, con lo que decía el correo para llamarla o escribirle.
    publicada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert publicada is not None
    (perdido,) = contactos.de_la_convocatoria(publicada)
    assert perdido.cuerpo["folio"] == folio
    assert "Se canceló" in perdido.cuerpo["asunto"]
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    assert [c["rechazado"] for c in avisar_cambios.cambios_avisados(postulacion)] == [True]


def test_lo_avisado_se_vuelve_a_leer_igual(puerta: Puerta) -> None:
    folio = postulada(puerta)
    cancelar(puerta)
    avisados(puerta)
    (correo,) = de_cambios(puerta)
    # Aunque después se retire: el correo dice lo que tenía entonces.
    (releido,) = avisar_cambios.cambios_avisados(llevar(puerta, folio, Estado.RETIRADA))
    assert releido["asunto"] == correo["Subject"]
    assert releido["texto"].strip() == texto(correo).replace("\r\n", "\n").strip()
    assert releido["rechazado"] is False


def test_dos_pasadas_a_la_vez_escriben_una_vez_a_cada_quien(puerta: Puerta) -> None:
    for numero in range(3):
        postulada(puerta, numero)
    cancelar(puerta)
    a_la_vez(lambda _: difundir.difundir(), range(6), hilos=6)
    assert sorted(str(c["To"]) for c in de_cambios(puerta)) == [f"quien-{n}@correo.example" for n in range(3)]


@pytest.mark.parametrize("falla", Falla)
def test_cortada_en_cualquier_punto_nadie_queda_sin_su_correo(tmp_path: Path, horneado: Path, falla: Falla) -> None:
    """Cada corte deja, después de otra pasada, el mismo correo; a lo más repetido, y entonces es el mismo mensaje."""
    for en in count(1):
        with entorno_embebido(tmp_path / f"{falla.name}-{en}", horneado) as puerta:
            postulada(puerta)
            cancelar(puerta)
            cortador = Cortador(falla, en)
            cortador.instalar()
            with suppress(Corte, AlmacenNoResponde):
                difundir.difundir()
            cortador.terminar()
            puerta.pasar(avisar_cambios.ARRIENDO + timedelta(minutes=1))
            difundir.difundir()
            correos = de_cambios(puerta)
            assert 1 <= len(correos) <= 2, en
            assert len({c["Message-ID"] for c in correos}) == 1
            if cortador.llamadas < en:
                return


def test_si_lo_que_quedo_a_medias_ya_no_rige_se_avisa_lo_que_falta(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    postulada(puerta)
    mover(puerta)

    def se_corta(*_: object) -> str:
        raise CorreoNoResponde

    with monkeypatch.context() as cortado:
        cortado.setattr(correo_maildir.CorreoMaildir, "enviar", se_corta)
        assert avisados(puerta) == [0]
    republicar(puerta, lambda crudo: crudo["convocatorias"][CONVOCATORIA]["enmiendas"].clear())
    enmendar(puerta, "situacion", "vigente", "cancelada", numero=2)
    puerta.pasar(avisar_cambios.ARRIENDO + timedelta(minutes=1))
    assert avisados(puerta, 2) == [1, 0]
    (correo,) = de_cambios(puerta)
    assert str(correo["Subject"]).startswith("Se canceló: ")


def test_lo_que_se_responde_llega_a_la_oficina_que_organiza(puerta: Puerta) -> None:
    """Si los datos dicen su casilla; si no, al remitente."""

    def con_casilla(crudo: dict[str, Any]) -> None:
        crudo["oficinas"]["direccion-regional-maule"]["correo"] = "maule@oficina.example"

    postulada(puerta)
    for casilla in (None, "maule@oficina.example"):
        if casilla:
            republicar(puerta, con_casilla)
        mover(puerta, "2099-01-21" if casilla else "2099-01-20")
        avisados(puerta)
        assert buzon(puerta)[-1]["Reply-To"] == casilla
    for aviso in puerta.montaje.almacen.avisos_pendientes(10):
        notificar.enviar(aviso.id)
    assert {str(c["Reply-To"]) for c in buzon(puerta)} == {"None", "maule@oficina.example"}
    assert sum(c["Reply-To"] is not None for c in buzon(puerta)) == len(buzon(puerta)) - 1
