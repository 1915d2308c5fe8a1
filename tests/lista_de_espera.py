"""La vida al azar de una convocatoria, para correrla sobre el dominio solo o sobre un almacén de verdad (R2).

Llegan, se revisan, se eligen, aceptan, se retiran y vencen en cualquier orden; después de cada cosa se comprueba que
no haya puestos de más, que nadie espere habiendo puesto, que tenga puesto quien va antes y que el orden no cambie.
A veces la convocatoria reserva puestos a un grupo: solo eso deja pasar delante, o guardar un puesto habiendo espera.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from funciones.adaptadores.almacen import PASOS_MAXIMOS, Almacen, Cambio, Conflicto, SinCupo
from funciones.dominio import espera, pauta
from funciones.dominio.candidata import EN_REVISION
from funciones.dominio.convocatoria import Convocatoria, Cupo, Grupo, ModoSeleccion, Reserva
from funciones.dominio.postulacion import OCUPAN_CUPO, OCUPAN_ESPERA, Estado, Paso, Postulacion, Transicion
from funciones.dominio.seleccion import FaltaRevisar, seleccionar
from tests.mundo import CRITERIOS, LLAVERO, LLEGADA, REGLA, convocatoria, paso, postulacion, recibir

_numeros = count()


class Memoria:
    """Las reglas del almacén sobre un diccionario: lo justo para probar el dominio sin guardar nada."""

    def __init__(self) -> None:
        self._guardadas: dict[str, Postulacion] = {}
        self._puestos = (0, 0)

    def recibir(self, nueva: Postulacion, *nacimiento: object) -> Postulacion:
        return self._guardadas.setdefault(nueva.folio, nueva)

    def cola(self, convocatoria: str) -> list[Postulacion]:
        return sorted(self._guardadas.values(), key=lambda p: (p.turno, p.folio))

    def cupo(self, convocatoria: str, cupos: int, espera_maxima: int | None) -> Cupo:
        return Cupo(cupos, *self._puestos, espera_maxima)

    def aplicar(self, cambio: Cambio) -> None:
        if any(self._guardadas[p.antes.folio] != p.antes for p in cambio.pasos):
            raise Conflicto
        (asignan, esperan), (asignados, en_espera) = cambio.variacion, self._puestos
        if asignan > 0 and asignados + asignan > cambio.cupos:
            raise SinCupo
        if esperan > 0 and cambio.espera_maxima is not None and en_espera + esperan > cambio.espera_maxima:
            raise SinCupo
        self._puestos = asignados + asignan, en_espera + esperan
        self._guardadas |= {p.despues.folio: p.despues for p in cambio.pasos}

    def transiciones(self, folio: str) -> tuple[Transicion, ...]:
        return ()


MUJERES = Reserva("mujeres", "Lideradas por mujeres", 1, Grupo.LIDERADA_POR_MUJERES)
CON_PUESTO = (Estado.SELECCIONADA, Estado.OFRECIDA, Estado.CONFIRMADA)
_SALIDAS = {
    Estado.SELECCIONADA: (Estado.RETIRADA, Estado.DECLINADA),
    Estado.OFRECIDA: (Estado.DECLINADA, Estado.OFERTA_VENCIDA),
    Estado.CONFIRMADA: (Estado.RETIRADA,),
    Estado.LISTA_DE_ESPERA: (Estado.RETIRADA,),
}
cualquiera = st.integers(0, 99)


class ListaDeEspera(RuleBasedStateMachine):
    """Cada ejemplo es una convocatoria nueva en el mismo almacén."""

    abrir: Callable[[], Almacen | Memoria]
    # Leer la historia de cada una cuesta: solo donde se guarda.
    con_historia = True

    @initialize(
        modo=st.sampled_from(ModoSeleccion),
        cupos=st.integers(1, 4),
        espera_maxima=st.one_of(st.none(), st.integers(0, 3)),
        reservados=st.integers(0, 2),
    )
    def publicar(self, modo: ModoSeleccion, cupos: int, espera_maxima: int | None, reservados: int) -> None:
        self.almacen, self.numero = type(self).abrir(), next(_numeros)
        self.convocatoria: Convocatoria = convocatoria(
            id=f"prueba-{self.numero}",
            modo_seleccion=modo,
            cupos=cupos,
            espera_maxima=espera_maxima,
            criterios=CRITERIOS if modo is ModoSeleccion.PUNTAJE else (),
            reservas=(replace(MUJERES, cupos=min(reservados, cupos)),) if reservados else (),
        )
        # Con puntaje se elige después del cierre: ya nadie más llega.
        self.cerrada = modo is ModoSeleccion.PUNTAJE
        self.ahora = self.turno = LLEGADA
        self.llegadas, self.elegida_una_vez, self.se_eligio = 0, False, False
        self.fila_anterior: list[str] = []
        self.olvidar()

    def olvidar(self) -> None:
        """Lo visto ya no vale: hay que volver a leer."""
        self._vista: list[Postulacion] | None = None
        self._cupo: Cupo | None = None

    # Lo que se ve

    @property
    def cola(self) -> list[Postulacion]:
        if self._vista is None:
            self._vista = list(self.almacen.cola(self.convocatoria.id))
            self._por_estado: dict[Estado, list[Postulacion]] = {}
            for p in self._vista:
                self._por_estado.setdefault(p.estado, []).append(p)
        return self._vista

    @property
    def cupo(self) -> Cupo:
        if self._cupo is None:
            topes = self.convocatoria.cupos, self.convocatoria.espera_maxima
            self._cupo = self.almacen.cupo(self.convocatoria.id, *topes)
        return self._cupo

    def en(self, *estados: Estado) -> list[Postulacion]:
        return [p for estado in estados for p in self._por_estado.get(estado, [])] if self.cola else []

    def va_antes(self, p: Postulacion) -> tuple[object, ...]:
        """El orden, escrito aparte del dominio: nota, luego «motivacion», luego «oferta», luego llegada."""
        if self.convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE:
            assert p.puntaje is not None
            return (-p.puntaje, -p.notas["motivacion"], -p.notas["oferta"], p.turno, p.folio)
        return (p.turno, p.folio)

    def del_grupo(self, p: Postulacion) -> bool:
        return bool(self.convocatoria.reservas) and p.datos.get("liderada_por_mujeres") == "si"

    @property
    def le_falta_al_grupo(self) -> int:
        """Los puestos que faltan para el mínimo reservado."""
        minimo = sum(reserva.cupos for reserva in self.convocatoria.reservas)
        return max(minimo - sum(self.del_grupo(p) for p in self.en(*CON_PUESTO)), 0)

    @property
    def puede_llegar_del_grupo(self) -> bool:
        """Si alguien del grupo todavía puede pedir su puesto: en la fila, o porque la fila sigue abierta."""
        en_camino = self.en(Estado.RECIBIDA, Estado.ADMISIBLE, Estado.EVALUADA)
        return not self.cerrada or any(self.del_grupo(p) for p in en_camino)

    def folio(self, numero: int) -> str:
        """Distinto en cada ejemplo, pero con el mismo orden entre los suyos: repetirlo da lo mismo."""
        return f"{self.numero:06}-{LLAVERO.folio('', str(numero))}"

    # Lo que pasa

    def aplicar(self, *pasos: Paso) -> None:
        self.olvidar()
        self.almacen.aplicar(Cambio(pasos, self.convocatoria.cupos, self.convocatoria.espera_maxima))

    def dar(self, antes: Postulacion, a: Estado, **cambios: object) -> Paso:
        self.ahora += timedelta(minutes=1)
        return paso(antes, a, self.ahora, **cambios)

    def barrer(self) -> None:
        """Lo que hace el barrido: ofrece cada puesto libre que alguien de la lista pueda tomar."""
        while paso_ := espera.promover(
            self.convocatoria, reversed(self.cola), self.cupo.libres, self.ahora, REGLA, cerrada=self.cerrada
        ):
            self.aplicar(paso_)

    @precondition(lambda self: not self.cerrada)
    @rule()
    def cerrar(self) -> None:
        self.cerrada = True
        self.barrer()

    @precondition(
        lambda self: (
            not (self.elegida_una_vez if self.convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE else self.cerrada)
        )
    )
    @rule(
        revisada=st.booleans(),
        a_la_vez=st.booleans(),
        mujer=st.booleans(),
        oferta=st.integers(1, 3),
        motivacion=st.integers(1, 3),
    )
    def llegar(self, revisada: bool, a_la_vez: bool, mujer: bool, oferta: int, motivacion: int) -> None:
        """`a_la_vez`: en el mismo milisegundo que la anterior, si todavía no se elige entre las de ese turno."""
        self.llegadas += 1
        if self.se_eligio or not a_la_vez:
            self.turno += timedelta(milliseconds=1)
            self.se_eligio = False
        con_puntaje = self.convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE
        notas = {"oferta": Decimal(oferta), "motivacion": Decimal(motivacion)} if con_puntaje else {}
        lista = Estado.EVALUADA if con_puntaje else Estado.ADMISIBLE
        self.olvidar()
        recibir(
            self.almacen,
            postulacion(
                self.llegadas,
                folio=self.folio(self.llegadas),
                convocatoria=self.convocatoria.id,
                estado=lista if revisada else Estado.RECIBIDA,
                turno=self.turno,
                datos={"nombre": "Mipe", "liderada_por_mujeres": "si" if mujer else "no"},
                notas=notas,
                puntaje=pauta.puntaje(CRITERIOS, notas) if con_puntaje else None,
            ),
        )

    @precondition(lambda self: self.en(Estado.RECIBIDA))
    @rule(cual=cualquiera, sirve=st.booleans())
    def revisar(self, cual: int, sirve: bool) -> None:
        pendientes = self.en(Estado.RECIBIDA)
        revisada = self.dar(pendientes[cual % len(pendientes)], Estado.ADMISIBLE if sirve else Estado.NO_ADMISIBLE)
        self.aplicar(revisada)
        if sirve and self.convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE:
            self.aplicar(self.dar(revisada.despues, Estado.EVALUADA))
        self.barrer()

    @rule()
    def elegir(self) -> None:
        por_folio = {p.folio: p for p in self.cola}
        try:
            lista = seleccionar(self.convocatoria, reversed(self.cola), self.cupo, cerrada=self.cerrada)
        except FaltaRevisar:
            assert self.convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE
            assert self.en(*EN_REVISION)
            return
        self.elegida_una_vez = self.se_eligio = True
        no = [folio for folio, _ in lista.no_seleccionadas]
        destinos = {
            Estado.SELECCIONADA: lista.seleccionadas,
            Estado.LISTA_DE_ESPERA: lista.espera,
            Estado.NO_SELECCIONADA: no,
        }
        for destino, folios in destinos.items():
            pasos = [self.dar(por_folio[folio], destino) for folio in folios]
            for desde in range(0, len(pasos), PASOS_MAXIMOS):
                self.aplicar(*pasos[desde : desde + PASOS_MAXIMOS])
        if no:
            assert self.cupo.completo, "quedó fuera habiendo puesto o lugar en la espera"
        listas = self.en(Estado.ADMISIBLE, Estado.EVALUADA)
        assert sorted(p.folio for p in listas) == sorted(lista.sin_decidir)
        if listas and not self.en(*EN_REVISION):
            # Solo puede faltar decidir si un puesto reservado espera a alguien que aún puede llegar.
            assert self.le_falta_al_grupo >= self.cupo.libres > 0
            assert not self.cerrada

    @precondition(lambda self: self.en(*CON_PUESTO, Estado.LISTA_DE_ESPERA))
    @rule(cual=cualquiera, como=cualquiera)
    def salir(self, cual: int, como: int) -> None:
        dentro = self.en(*CON_PUESTO, Estado.LISTA_DE_ESPERA)
        quien = dentro[cual % len(dentro)]
        formas = _SALIDAS[quien.estado]
        pasos = [self.dar(quien, formas[como % len(formas)])]
        if quien.estado in CON_PUESTO:
            fila = [p for p in reversed(self.cola) if p.folio != quien.folio]
            libres = self.cupo.libres + 1
            promovida = espera.promover(self.convocatoria, fila, libres, self.ahora, REGLA, cerrada=self.cerrada)
            pasos += [promovida] if promovida else []
        self.aplicar(*pasos)

    @precondition(lambda self: self.en(Estado.SELECCIONADA, Estado.OFRECIDA))
    @rule(cual=cualquiera)
    def aceptar(self, cual: int) -> None:
        dentro = self.en(Estado.SELECCIONADA, Estado.OFRECIDA)
        self.aplicar(self.dar(dentro[cual % len(dentro)], Estado.CONFIRMADA))

    @precondition(lambda self: self.en(*CON_PUESTO) and self.en(Estado.LISTA_DE_ESPERA))
    @rule(cual=cualquiera, sale_mal=st.booleans())
    def promover_con_una_lectura_vieja(self, cual: int, sale_mal: bool) -> None:
        """Una de las dos cambió mientras tanto: no se libera el puesto ni se ofrece."""
        dentro = self.en(*CON_PUESTO)
        quien = dentro[cual % len(dentro)]
        fila = [p for p in self.cola if p.folio != quien.folio]
        libres = self.cupo.libres + 1
        siguiente = espera.promover(self.convocatoria, fila, libres, self.ahora, REGLA, cerrada=self.cerrada)
        if siguiente is None:
            assert self.convocatoria.reservas, "sin reservas, quien espera siempre puede tomar lo que se libera"
            return
        libera = self.dar(quien, _SALIDAS[quien.estado][0])
        if sale_mal:
            libera = _con_otra_version(libera, 1)
        else:
            siguiente = _con_otra_version(siguiente, -1)
        antes = (list(self.cola), self.cupo)
        with pytest.raises(Conflicto):
            self.aplicar(libera, siguiente)
        assert (list(self.cola), self.cupo) == antes

    # Lo que siempre se cumple

    @invariant()
    def los_contadores_dicen_lo_que_hay(self) -> None:
        dentro = sum(p.estado in OCUPAN_CUPO for p in self.cola)
        esperan = sum(p.estado in OCUPAN_ESPERA for p in self.cola)
        assert (self.cupo.asignados, self.cupo.espera) == (dentro, esperan)
        assert dentro <= self.convocatoria.cupos
        assert self.convocatoria.espera_maxima is None or esperan <= self.convocatoria.espera_maxima

    @invariant()
    def nadie_espera_si_hay_puesto(self) -> None:
        """Salvo el que se guarda para un grupo: entonces nadie de ese grupo espera, y alguien aún puede pedirlo."""
        esperan = self.en(Estado.LISTA_DE_ESPERA)
        if self.cupo.libres and esperan:
            assert self.cupo.libres <= self.le_falta_al_grupo
            assert not any(self.del_grupo(p) for p in esperan)
            assert self.puede_llegar_del_grupo

    @invariant()
    def tiene_puesto_quien_va_antes(self) -> None:
        """Salvo quien ocupa un puesto reservado a su grupo, y nunca delante de otra del mismo grupo."""
        esperan = self.en(Estado.LISTA_DE_ESPERA)
        adelantadas = set()
        for espera_ in esperan:
            pasaron = [p for p in self.en(*CON_PUESTO) if self.va_antes(p) > self.va_antes(espera_)]
            assert all(self.del_grupo(p) for p in pasaron)
            assert not (pasaron and self.del_grupo(espera_))
            adelantadas |= {p.folio for p in pasaron}
        assert len(adelantadas) <= sum(reserva.cupos for reserva in self.convocatoria.reservas)

    @invariant()
    def la_fila_no_cambia_de_orden(self) -> None:
        fila = [p.folio for p in sorted(self.en(Estado.LISTA_DE_ESPERA), key=self.va_antes)]
        assert [p.folio for p in espera.en_orden(self.convocatoria, reversed(self.cola))] == fila
        siguen = [folio for folio in self.fila_anterior if folio in fila]
        assert [folio for folio in fila if folio in siguen] == siguen
        if self.convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE and self.fila_anterior:
            # Después de elegir una vez, nadie entra: solo se avanza.
            assert fila == siguen
        self.fila_anterior = fila

    def teardown(self) -> None:
        if not self.con_historia or not hasattr(self, "convocatoria"):
            return
        for p in self.cola:
            historia = self.almacen.transiciones(p.folio)
            assert [t.version for t in historia] == list(range(1, p.version + 1))
            assert historia[-1].a is p.estado
            assert all(antes.a is despues.de for antes, despues in pairwise(historia))


def _con_otra_version(paso: Paso, cuanto: int) -> Paso:
    """El mismo paso, dado por quien leyó otra versión de la postulación."""
    antes, despues, escrita = (
        replace(x, version=x.version + cuanto) for x in (paso.antes, paso.despues, paso.transicion)
    )
    return replace(paso, antes=antes, despues=despues, transicion=escrita)


def vivir(abrir: Callable[[], Almacen | Memoria], ejemplos: int, pasos: int, *, con_historia: bool = True) -> None:
    """Corre la máquina sobre ese almacén."""
    maquina = type("Vida", (ListaDeEspera,), {"abrir": staticmethod(abrir), "con_historia": con_historia})
    run_state_machine_as_test(
        maquina,
        settings=settings(
            max_examples=ejemplos,
            stateful_step_count=pasos,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
