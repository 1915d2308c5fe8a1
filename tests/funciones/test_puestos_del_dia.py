"""Los puestos en el día: marcas que se corrigen, archivos que llegan tarde y reemplazos, en cualquier orden (R2).

Pase lo que pase, no hay más puestos tomados que cupos, y nadie entra delante de otra sin que quede escrito por qué.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import ModoSeleccion
from funciones.dominio.jornada import EN_LA_LISTA, Efecto, Marca, efecto
from funciones.dominio.plazo import CHILE
from funciones.dominio.postulacion import OCUPAN_CUPO, Estado, Postulacion
from funciones.ejecucion import marcas, reemplazo
from funciones.entrada.acceso import aplicar
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario
from funciones.oficina.promocion import con_promocion
from tests.adaptadores.libreta import fallas_sin_mirar_el_rut
from tests.funciones.conftest import HOY, entorno_embebido
from tests.lista_de_espera import MUJERES
from tests.mundo import LLAVERO, paso, postulacion, recibir
from tests.recorridos.mundo import CONVOCATORIA

DIA = datetime(2027, 1, 15, 10, 0, tzinfo=CHILE)
MESA = Funcionario("evaluador-maule", "evaluador", "07")
CON_PUESTO = (Estado.SELECCIONADA, Estado.CONFIRMADA, Estado.OFRECIDA)
_numeros, _vividas = count(), set[str]()
cualquiera = st.integers(0, 99)


class Dia(RuleBasedStateMachine):
    """Cada ejemplo es el día de una actividad nueva, en el mismo almacén."""

    @initialize(
        cupos=st.integers(1, 3),
        dentro=st.lists(st.sampled_from(CON_PUESTO), min_size=1, max_size=3),
        esperan=st.lists(st.booleans(), max_size=4),
        reservados=st.integers(0, 1),
    )
    def amanecer(self, cupos: int, dentro: list[Estado], esperan: list[bool], reservados: int) -> None:
        """`esperan`: de cada una, si es del grupo con puestos reservados."""
        base = montaje().horneado.convocatoria(CONVOCATORIA)
        assert base is not None
        numero = next(_numeros)
        self.llamado = replace(
            base,
            id=f"dia-{numero}",
            modo_seleccion=ModoSeleccion.LLEGADA,
            criterios=(),
            cupos=cupos,
            espera_maxima=None,
            actividad_inicio=date(2027, 1, 15),
            actividad_termino=date(2027, 1, 15),
            encuesta_cierre=date(2027, 1, 29),
            reservas=(MUJERES,) if reservados else (),
        )
        _vividas.add(self.llamado.id)
        self.folios: list[str] = []
        # De quién era el puesto → quién lo tomó la última vez.
        self.tomados: dict[str, str] = {}
        for estado in dentro[:cupos]:
            self.entra(numero, estado, mujer=False)
        for mujer in esperan:
            self.entra(numero, Estado.LISTA_DE_ESPERA, mujer=mujer)

    def entra(self, numero: int, estado: Estado, *, mujer: bool) -> None:
        orden = len(self.folios)
        llego = HOY + timedelta(minutes=orden)
        nueva = postulacion(
            orden,
            folio=LLAVERO.folio(self.llamado.id, f"{numero}-{orden}"),
            convocatoria=self.llamado.id,
            estado=Estado.ADMISIBLE,
            turno=llego,
            llego=llego,
            datos={"nombre": "Mipe", "liderada_por_mujeres": "si" if mujer else "no"},
        )
        antes = recibir(montaje().almacen, nueva)
        por = {Estado.CONFIRMADA: (Estado.SELECCIONADA,), Estado.OFRECIDA: (Estado.LISTA_DE_ESPERA,)}.get(estado, ())
        for destino in (*por, estado):
            dado = paso(antes, destino)
            aplicar((dado,), self.llamado)
            antes = dado.despues
        self.folios.append(nueva.folio)

    # Lo que se ve: siempre de lo guardado

    def guardada(self, folio: str) -> Postulacion:
        hallada = montaje().almacen.postulacion(folio)
        assert hallada is not None
        return hallada

    def en(self, *estados: Estado) -> list[Postulacion]:
        """En el orden en que llegaron, que aquí es el de la lista."""
        return [p for p in map(self.guardada, self.folios) if p.estado in estados]

    @property
    def libres(self) -> int:
        return self.llamado.cupos - len(self.en(*OCUPAN_CUPO))

    def cual(self, numero: int) -> Postulacion:
        return self.guardada(self.folios[numero % len(self.folios)])

    # Lo que pasa

    @rule(numero=cualquiera, asistio=st.booleans())
    def marcar(self, numero: int, asistio: bool) -> None:
        """El botón de la mesa: pone una marca o corrige la que estaba."""
        antes, habia = self.cual(numero), self.libres
        marca = Marca(antes.folio, asistio, version=antes.version)
        if efecto(antes, marca) not in {Efecto.APLICA, Efecto.YA_ESTABA}:
            assert antes.estado not in EN_LA_LISTA
            return
        vuelve = asistio and antes.estado is Estado.NO_ASISTIO
        dicho = _rechazo(lambda: marcas.marcar(antes, self.llamado, MESA, marca))
        if dicho:
            assert (dicho, vuelve, habia) == ("puesto_tomado", True, 0)
            assert self.guardada(antes.folio) == antes
        else:
            assert self.guardada(antes.folio).estado is (Estado.PARTICIPO if asistio else Estado.NO_ASISTIO)
            assert not vuelve or habia > 0

    @rule(filas=st.lists(st.tuples(cualquiera, st.booleans(), st.integers(-1, 1)), min_size=1, max_size=4))
    def cargar(self, filas: list[tuple[int, bool, int]]) -> None:
        """Un archivo hecho sin señal, con la versión que se veía entonces; lo que no se puso queda por decidir."""
        vistas = {(p := self.cual(numero)).folio: (p, asistio, mas) for numero, asistio, mas in filas}
        escritas = [
            f"{f},{'si' if asistio else 'no'},{max(p.version + mas, 1)}" for f, (p, asistio, mas) in vistas.items()
        ]
        for cargada in marcas.cargar(self.llamado, MESA, "\n".join(["folio,asistio,version", *escritas])):
            antes, asistio, _ = vistas[cargada.folio]
            ahora = self.guardada(cargada.folio)
            if cargada.efecto is Efecto.APLICA:
                assert ahora.estado is (Estado.PARTICIPO if asistio else Estado.NO_ASISTIO)
                continue
            assert ahora == antes
            por_decidir = {choque["folio"] for choque in marcas.choques(self.llamado)}
            assert (cargada.efecto is not Efecto.CHOCA) or (cargada.folio in por_decidir and cargada.por_que)

    @precondition(lambda self: self.en(Estado.LISTA_DE_ESPERA))
    @rule(
        numero=cualquiera,
        saltar=st.sets(st.integers(0, 6), max_size=4),
        razon=st.sampled_from((reemplazo.NO_ESTA, reemplazo.NO_QUIERE)),
        de_quien=st.one_of(st.none(), cualquiera),
    )
    def reemplazar(self, numero: int, saltar: set[int], razon: str, de_quien: int | None) -> None:
        esperan, faltaron, habia = self.en(Estado.LISTA_DE_ESPERA), self.en(Estado.NO_ASISTIO), self.libres
        lugar = numero % len(esperan)
        elegida, delante = esperan[lugar], esperan[:lugar]
        saltadas = {p.folio: razon for i, p in enumerate(esperan) if i in saltar and p != elegida}
        faltante = faltaron[de_quien % len(faltaron)].folio if faltaron and de_quien is not None else ""
        sin_razon = [p for p in delante if p.folio not in saltadas]
        presentes = [p for p in esperan if p.folio not in saltadas]
        sigue = self.le_toca(presentes, habia)
        repetida = faltante in self.tomados and self.guardada(self.tomados[faltante]).estado is Estado.PARTICIPO
        dicho = _rechazo(lambda: reemplazo.reemplazar(self.llamado, MESA, elegida.folio, saltadas, faltante))
        if repetida:
            assert dicho == "respuestas_por_corregir"
            return
        if dicho:
            assert dicho == ("va_antes" if habia else "sin_puesto_libre")
            assert sigue is None or sigue != elegida
            assert self.guardada(elegida.folio) == elegida
            return
        assert habia > 0
        assert sigue == elegida
        if faltante:
            self.tomados[faltante] = elegida.folio
        # Sin razón escrita solo se pasa a quien no es del grupo que tiene un puesto guardado.
        assert not sin_razon or (_del_grupo(elegida) and not any(map(_del_grupo, sin_razon)))
        escrito = montaje().almacen.transiciones(elegida.folio)[-1].motivo
        for p in esperan:
            nombrada = f"{folios.mostrar(p.folio)} {reemplazo.RAZONES[razon]}" in escrito
            assert nombrada == (p in delante and p.folio in saltadas), escrito

    def le_toca(self, presentes: list[Postulacion], libres: int) -> Postulacion | None:
        """Escrito aparte del dominio: la primera, salvo que lo que queda sea del grupo y haya alguien suyo."""
        minimo = sum(reserva.cupos for reserva in self.llamado.reservas)
        faltan = minimo - sum(map(_del_grupo, self.en(*OCUPAN_CUPO)))
        del_grupo = [p for p in presentes if _del_grupo(p)]
        primeras = del_grupo if del_grupo and 0 < libres <= faltan else presentes
        return primeras[0] if primeras and libres > 0 else None

    @precondition(lambda self: self.en(Estado.OFRECIDA, Estado.CONFIRMADA))
    @rule(numero=cualquiera)
    def salir(self, numero: int) -> None:
        """Se retira o se le pasa la oferta: ese día el puesto no se ofrece por correo, se da en la puerta."""
        dentro = self.en(Estado.OFRECIDA, Estado.CONFIRMADA)
        quien = dentro[numero % len(dentro)]
        destino = Estado.OFERTA_VENCIDA if quien.estado is Estado.OFRECIDA else Estado.RETIRADA
        pasos = con_promocion(paso(quien, destino), self.llamado, montaje())
        assert len(pasos) == 1
        aplicar(pasos, self.llamado)

    # Lo que siempre se cumple

    @invariant()
    def nunca_hay_mas_puestos_tomados_que_cupos(self) -> None:
        dentro, esperan = len(self.en(*OCUPAN_CUPO)), len(self.en(Estado.LISTA_DE_ESPERA))
        cupo = montaje().almacen.cupo(self.llamado.id, self.llamado.cupos, None)
        assert (cupo.asignados, cupo.espera) == (dentro, esperan)
        assert dentro <= self.llamado.cupos


def _rechazo(accion: Callable[[], object]) -> str:
    """El código del rechazo, que siempre trae sus palabras; vacío si se hizo."""
    try:
        accion()
    except Rechazo as rechazo:
        return rechazo.codigo if rechazo.mensaje else "sin palabras"
    return ""


def _del_grupo(p: Postulacion) -> bool:
    return p.datos["liderada_por_mujeres"] == "si"


@pytest.fixture
def en_su_dia(tmp_path: Path, horneado: Path) -> Iterator[None]:
    with entorno_embebido(tmp_path, horneado) as puerta:
        puerta.poner_la_hora(DIA)
        yield


def test_el_dia_de_la_actividad_nadie_sobra_ni_pasa_delante_sin_que_se_diga_por_que(en_su_dia: None) -> None:
    opciones = settings(
        max_examples=130,
        stateful_step_count=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    _vividas.clear()
    run_state_machine_as_test(Dia, settings=opciones)
    # Después de todos esos días, el libro de cada uno calza con lo guardado.
    assert _vividas
    assert [f for vivida in sorted(_vividas) for f in fallas_sin_mirar_el_rut(montaje().almacen, vivida)] == []
