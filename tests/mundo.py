"""El mundo de las pruebas: postulaciones sintéticas y sus pasos, en una línea cada uno."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from funciones.adaptadores.almacen import Almacen, Cambio
from funciones.adaptadores.llavero import Llavero
from funciones.dominio.convocatoria import Convocatoria, Criterio, ModoSeleccion
from funciones.dominio.postulacion import (
    TRANSICIONES,
    Actor,
    Estado,
    Papel,
    Paso,
    Persona,
    Postulacion,
    Recurso,
    denegar,
    es_denegacion,
    nacimiento,
    transitar,
)

T = TypeVar("T")

FERIA = "2026-feria-de-prueba"
LLEGADA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HORA = timedelta(hours=1)
LLAVERO = Llavero(bytes(range(32)))
REGLA = "prueba/1"
PERSONA = Persona("funcionario-7", "evaluador", "biobio")
PERSONAL = PERSONA.actor
VIA = Recurso("Responde este correo.", 5)
SISTEMA = Actor(Papel.SISTEMA, "prueba")


def convocatoria(**cambios: object) -> Convocatoria:
    """Una convocatoria por llegada con 10 puestos y lista de espera sin tope."""
    base = Convocatoria(
        id=FERIA,
        nombre="Feria de prueba",
        componente=1,
        tipo_actividad="feria",
        objetivo="vender_al_publico",
        modalidad="presencial",
        region="08",
        modo_seleccion=ModoSeleccion.LLEGADA,
        cupos=10,
        publicacion=date(2026, 11, 1),
        apertura=datetime(2026, 11, 2, 12, tzinfo=UTC),
        cierre=datetime(2026, 12, 2, 18, tzinfo=UTC),
        resultados=date(2026, 12, 10),
        actividad_inicio=date(2027, 1, 15),
        actividad_termino=date(2027, 1, 17),
        encuesta_cierre=date(2027, 2, 17),
        horas_oferta=48,
        anio_ventas=2025,
        fecha_uf=date(2025, 12, 31),
        oficina="biobio",
        responsable_rol="encargada regional",
        huella="h",
    )
    return replace(base, **cambios)  # type: ignore[arg-type]


CRITERIOS = (
    Criterio("oferta", "Oferta", 60, Decimal(1), Decimal(7), desempate=2),
    Criterio("motivacion", "Motivación", 40, Decimal(1), Decimal(7), desempate=1),
)


def postulacion(numero: int = 0, *, rut: str | None = None, clave: str | None = None, **cambios: object) -> Postulacion:
    """Recién enviada. Otro número, otro folio y otro RUT; llega `numero` milisegundos después."""
    convocada = str(cambios.get("convocatoria", FERIA))
    rut = f"{76_000_000 + numero}-K" if rut is None else rut
    base = Postulacion(
        folio=LLAVERO.folio(convocada, f"clave-{numero}" if clave is None else clave),
        convocatoria=convocada,
        estado=Estado.POR_CONFIRMAR,
        version=1,
        llego=LLEGADA + timedelta(milliseconds=numero),
        huella=f"huella-{numero}",
        huella_rut=LLAVERO.huella_rut(rut),
        datos={"rut": rut, "nombre": f"Mipe {numero}"},
        version_formulario=1,
    )
    return replace(base, **cambios)  # type: ignore[arg-type]


def recibir(almacen: Almacen, nueva: Postulacion) -> Postulacion:
    """La entrada, con el registro y el aviso con que nace; la que ya trae otro estado se guarda así."""
    nacida = replace(nueva, estado=Estado.POR_CONFIRMAR)
    transicion, aviso = nacimiento(nacida, Actor(Papel.POSTULANTE, nueva.folio), REGLA)
    return almacen.recibir(nueva, replace(transicion, a=nueva.estado), replace(aviso, estado=nueva.estado))


def paso(antes: Postulacion, a: Estado, ahora: datetime | None = None, **cambios: object) -> Paso:
    """El paso que hace quien puede hacerlo; un segundo después de la llegada si no se dice cuándo."""
    papel = min(TRANSICIONES[antes.estado][a])
    actor = {
        Papel.PERSONAL: PERSONAL,
        Papel.SISTEMA: SISTEMA,
        Papel.POSTULANTE: Actor(Papel.POSTULANTE, antes.folio),
    }[papel]
    cuando = antes.llego + timedelta(seconds=antes.version) if ahora is None else ahora
    if es_denegacion(a):
        return denegar(antes, a, PERSONA, cuando, motivo="Motivo de prueba", version_regla=REGLA, via=VIA, **cambios)
    return transitar(antes, a, actor, cuando, motivo="Motivo de prueba", version_regla=REGLA, **cambios)


def cambio(*pasos: Paso, cupos: int = 10, espera_maxima: int | None = None) -> Cambio:
    """Un cambio con topes de prueba."""
    return Cambio(pasos, cupos, espera_maxima)


def confirmacion(antes: Postulacion) -> Cambio:
    """Confirma el correo: toma el RUT y entra a la cola con su hora de llegada."""
    return cambio(paso(antes, Estado.RECIBIDA, turno=antes.llego))


def avanzar(almacen: Almacen, antes: Postulacion, *estados: Estado, cupos: int = 10) -> Postulacion:
    """La mueve por esos estados, un cambio por cada uno; a «recibida» confirmando el correo."""
    for estado in estados:
        if estado is Estado.RECIBIDA and antes.estado is Estado.POR_CONFIRMAR:
            siguiente = confirmacion(antes)
        else:
            siguiente = cambio(paso(antes, estado), cupos=cupos)
        almacen.aplicar(siguiente)
        antes = siguiente.pasos[0].despues
    return antes


def admisible(almacen: Almacen, numero: int, **cambios: object) -> Postulacion:
    """Enviada, confirmada y revisada: lista para elegirse."""
    return avanzar(almacen, recibir(almacen, postulacion(numero, **cambios)), Estado.RECIBIDA, Estado.ADMISIBLE)


def a_la_vez(accion: Callable[[int], T], veces: Iterable[int], hilos: int = 20) -> list[T | Exception]:
    """Lo que dio cada llamada, hecha en su propio hilo; los errores, como valores."""

    def intentar(numero: int) -> T | Exception:
        try:
            return accion(numero)
        except Exception as error:
            return error

    with ThreadPoolExecutor(hilos) as grupo:
        return list(grupo.map(intentar, veces))


def foto(almacen: Almacen, *folios: str) -> object:
    """Todo lo que se puede ver de estas postulaciones y de los puestos."""
    return (
        [(almacen.postulacion(f), almacen.transiciones(f), almacen.avisos(f)) for f in folios],
        almacen.cupo(FERIA, 10, None),
        almacen.avisos_pendientes(1000),
        list(almacen.cola(FERIA)),
    )
