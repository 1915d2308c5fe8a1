"""Lo que todo almacén cumple al olvidar: no queda nada de esa postulación, y el libro y las demás siguen igual."""

from __future__ import annotations

from funciones.adaptadores.almacen import Almacen
from funciones.dominio import auditoria
from funciones.dominio.exhibicion import editar, nueva
from funciones.dominio.postulacion import Estado
from tests.adaptadores.test_almacen_vitrinas import CONTENIDO
from tests.mundo import FERIA, LLEGADA, admisible, avanzar, postulacion, recibir


def _fallas(almacen: Almacen, *, olvidadas: bool) -> tuple[auditoria.Falla, ...]:
    asientos, en_cola = tuple(almacen.libro(FERIA)), almacen.folios(FERIA)
    cupo = almacen.cupo(FERIA, 10, None)
    return auditoria.revisar(
        FERIA,
        asientos,
        almacen.cabeza(FERIA),
        [almacen.legajo(folio) for folio in sorted({*en_cola, *auditoria.por_folio(asientos)})],
        (cupo.asignados, cupo.espera),
        en_cola=en_cola,
        olvidadas=olvidadas,
    )


def test_no_queda_nada_y_lo_demas_sigue_igual(almacen: Almacen) -> None:
    una, otra = (avanzar(almacen, admisible(almacen, n), Estado.SELECCIONADA) for n in (1, 2))
    almacen.guardar_vitrina(editar(nueva(una.folio, FERIA, "v-una", "", LLEGADA), CONTENIDO, LLEGADA))
    libro, cabeza, de_la_otra = list(almacen.libro(FERIA)), almacen.cabeza(FERIA), almacen.legajo(otra.folio)
    for _ in range(2):  # Repetirlo no hace nada.
        almacen.olvidar(una)
        assert almacen.postulacion(una.folio) is None
        assert almacen.vitrina(una.folio) is None
        assert almacen.transiciones(una.folio) == ()
        assert almacen.avisos(una.folio) == ()
        assert una.folio not in almacen.folios(FERIA)
        assert [p.folio for p in almacen.cola(FERIA)] == [otra.folio]
        assert [aviso for aviso in almacen.avisos_pendientes(100) if aviso.folio == una.folio] == []
        assert (list(almacen.libro(FERIA)), almacen.cabeza(FERIA)) == (libro, cabeza)
        assert almacen.legajo(otra.folio) == de_la_otra


def test_su_rut_queda_libre_y_el_de_otra_no(almacen: Almacen) -> None:
    una = avanzar(almacen, recibir(almacen, postulacion(1)), Estado.RECIBIDA)
    retenida = recibir(almacen, postulacion(1, clave="otra-vez"))
    almacen.olvidar(retenida)  # Nunca tuvo el RUT: no se lo quita a quien lo tiene.
    assert _fallas(almacen, olvidadas=False) == ()
    almacen.olvidar(una)
    assert (
        avanzar(almacen, recibir(almacen, postulacion(1, clave="de-nuevo")), Estado.RECIBIDA).huella_rut
        == una.huella_rut
    )


def test_la_auditoria_acepta_que_falte_solo_si_paso_el_plazo(almacen: Almacen) -> None:
    una, otra = (avanzar(almacen, admisible(almacen, n), Estado.SELECCIONADA) for n in (1, 2))
    assert _fallas(almacen, olvidadas=True) == ()
    almacen.olvidar(una)
    assert {falla.donde for falla in _fallas(almacen, olvidadas=False)} >= {una.folio, "los puestos"}
    assert _fallas(almacen, olvidadas=True) == ()
    almacen.olvidar(otra)
    assert _fallas(almacen, olvidadas=True) == ()
