"""La auditoría, sobre una convocatoria de dos decisiones: cada cosa que no calza se dice con su lugar."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from funciones.dominio import auditoria, libro
from funciones.dominio.libro import Anotado, Asiento, AsientoGuardado, Cabeza, Legajo, TransicionGuardada
from funciones.dominio.postulacion import Estado, Postulacion, Transicion
from tests.mundo import FERIA, PERSONAL, REGLA, paso, postulacion

NACIDA = postulacion(1)
CONFIRMADA = paso(NACIDA, Estado.RECIBIDA, turno=NACIDA.llego)
REVISADA = paso(CONFIRMADA.despues, Estado.ADMISIBLE)
ELEGIDA = paso(REVISADA.despues, Estado.SELECCIONADA)
FOLIO = NACIDA.folio
NACIMIENTO = Transicion(FOLIO, 1, None, Estado.POR_CONFIRMAR, NACIDA.llego, PERSONAL, "Enviada", REGLA)
HISTORIA = (NACIMIENTO, CONFIRMADA.transicion, REVISADA.transicion, ELEGIDA.transicion)
HUELLAS = tuple(libro.huella(str(numero)) for numero in range(1, 5))
FINAL = libro.huella("final")


def guardado(asiento: Asiento) -> AsientoGuardado:
    return AsientoGuardado(asiento.numero, asiento.texto, asiento.cabeza.huella)


PRIMERO = libro.asentar(FERIA, libro.sin_asientos(FERIA), [Anotado(FOLIO, n, HUELLAS[n - 1]) for n in (1, 2, 3)])
SEGUNDO = libro.asentar(FERIA, PRIMERO.cabeza, [Anotado(FOLIO, 4, HUELLAS[3], FINAL)])
ASIENTOS = (guardado(PRIMERO), guardado(SEGUNDO))
LEGAJO = Legajo(
    FOLIO, ELEGIDA.despues, FINAL, tuple(TransicionGuardada(n + 1, HUELLAS[n], t) for n, t in enumerate(HISTORIA))
)


def donde(
    asientos: tuple[AsientoGuardado, ...] = ASIENTOS,
    cabeza: Cabeza = SEGUNDO.cabeza,
    legajo: Legajo = LEGAJO,
    puestos: tuple[int, int] = (1, 0),
    en_cola: tuple[str, ...] = (FOLIO,),
) -> list[tuple[str, str]]:
    return [(f.donde, f.que) for f in auditoria.revisar(FERIA, asientos, cabeza, [legajo], puestos, en_cola=en_cola)]


def con_transicion(version: int, **cambios: object) -> Legajo:
    transiciones = list(LEGAJO.transiciones)
    transiciones[version - 1] = replace(transiciones[version - 1], **cambios)  # type: ignore[arg-type]
    return replace(LEGAJO, transiciones=tuple(transiciones))


def test_lo_sano_no_tiene_fallas() -> None:
    assert donde() == []


def test_una_version_anotada_dos_veces_se_nota() -> None:
    tercero = libro.asentar(FERIA, SEGUNDO.cabeza, [Anotado(FOLIO, 4, HUELLAS[3], FINAL)])
    assert donde((*ASIENTOS, guardado(tercero)), tercero.cabeza) == [
        (f"{FOLIO}, versión 4", "está dos veces en el libro")
    ]


def test_un_asiento_bien_hecho_pero_de_otra_convocatoria_se_nota() -> None:
    ajeno = libro.asentar("otra", PRIMERO.cabeza, SEGUNDO.anotados)
    assert donde((ASIENTOS[0], guardado(ajeno)), ajeno.cabeza) == [
        ("asiento 2", "es de otra convocatoria o tiene otro número")
    ]


def test_un_asiento_que_no_sigue_al_anterior_se_nota() -> None:
    suelto = libro.asentar(FERIA, Cabeza(1, FINAL), SEGUNDO.anotados)
    assert donde((ASIENTOS[0], guardado(suelto)), suelto.cabeza) == [("asiento 2", "no sigue al asiento anterior")]


def test_la_entrada_sin_anotar_de_una_ya_decidida_se_nota() -> None:
    solo = libro.asentar(FERIA, libro.sin_asientos(FERIA), [Anotado(FOLIO, n, HUELLAS[n - 1]) for n in (1, 3, 4)])
    assert donde((guardado(solo),), solo.cabeza) == [(f"{FOLIO}, versión 2", "no está en el libro")]


def test_lo_que_solo_entro_no_tiene_por_que_estar_en_el_libro() -> None:
    entrada = replace(LEGAJO, postulacion=CONFIRMADA.despues, transiciones=LEGAJO.transiciones[:2])
    assert donde((), libro.sin_asientos(FERIA), entrada, (0, 0)) == []
    nacida = replace(LEGAJO, postulacion=NACIDA, transiciones=LEGAJO.transiciones[:1])
    assert donde((), libro.sin_asientos(FERIA), nacida, (0, 0)) == []


def sin_la_tercera() -> Legajo:
    return replace(LEGAJO, transiciones=(*LEGAJO.transiciones[:2], LEGAJO.transiciones[3]))


def quedo(**cambios: object) -> Legajo:
    assert isinstance(LEGAJO.postulacion, Postulacion)
    return replace(LEGAJO, postulacion=replace(LEGAJO.postulacion, **cambios))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("legajo", "esperado"),
    [
        (lambda: con_transicion(3, huella=FINAL), (f"{FOLIO}, versión 3", "cambió después de anotarse en el libro")),
        (lambda: con_transicion(3, transicion=None), (f"{FOLIO}, versión 3", "no se puede leer")),
        (
            lambda: con_transicion(3, transicion=replace(HISTORIA[2], folio="X")),
            (f"{FOLIO}, versión 3", "es de otro folio o de otra versión"),
        ),
        (
            lambda: con_transicion(3, transicion=replace(HISTORIA[2], de=Estado.RETENIDA)),
            (f"{FOLIO}, versión 3", "no parte del estado en que quedó la anterior"),
        ),
        (sin_la_tercera, (f"{FOLIO}, versión 3", "está en el libro y no está guardada")),
        (sin_la_tercera, (FOLIO, "le falta una parte de su historia")),
        (lambda: quedo(motivo="Otro"), (FOLIO, "la postulación no está como la dejó su última transición")),
        (lambda: quedo(convocatoria="otra"), (FOLIO, "la postulación es de otro folio o de otra convocatoria")),
        (
            lambda: replace(LEGAJO, huella=HUELLAS[0]),
            (FOLIO, "la postulación cambió después de anotarse en el libro"),
        ),
        (lambda: replace(LEGAJO, postulacion=None), (FOLIO, "la postulación no está o no se puede leer")),
    ],
)
def test_cada_cosa_que_no_calza_en_un_folio_se_dice(legajo: Callable[[], Legajo], esperado: tuple[str, str]) -> None:
    assert esperado in donde(legajo=legajo())


def test_los_puestos_se_vuelven_a_contar() -> None:
    assert donde(puestos=(0, 0)) == [("los puestos", "el contador dice 0 y 0; hay 1 y 0")]
    assert donde(puestos=(1, 1)) == [("los puestos", "el contador dice 1 y 1; hay 1 y 0")]


def test_quien_tiene_turno_tiene_que_estar_en_la_cola() -> None:
    assert donde(en_cola=()) == [(FOLIO, "tiene turno y no está en la cola")]


def test_lo_guardado_aparte_dice_lo_mismo_que_la_postulacion() -> None:
    assert donde(legajo=replace(LEGAJO, desacuerdos=("turno", "estado"))) == [
        (FOLIO, "no dice lo mismo que la postulación: turno, estado")
    ]


def test_pasado_el_plazo_puede_no_quedar_nada_de_un_folio_pero_no_una_parte() -> None:
    def con_plazo(legajo: Legajo, puestos: tuple[int, int]) -> list[str]:
        revisadas = auditoria.revisar(
            FERIA, ASIENTOS, SEGUNDO.cabeza, [legajo], puestos, en_cola=(FOLIO,), olvidadas=True
        )
        return [falla.donde for falla in revisadas]

    olvidado = Legajo(FOLIO, None, libro.huella(""), ())
    assert con_plazo(olvidado, (1, 0)) == []
    assert con_plazo(LEGAJO, (1, 0)) == []
    assert con_plazo(LEGAJO, (2, 0)) == ["los puestos"]
    assert con_plazo(replace(LEGAJO, transiciones=()), (1, 0)) != []
    assert con_plazo(replace(LEGAJO, postulacion=None), (1, 0)) != []
    assert donde(legajo=olvidado) != []
