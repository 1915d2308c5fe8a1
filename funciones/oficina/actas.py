"""Las actas de selección: se levantan una sola vez, se cumplen aunque la corrida se corte, y se publican."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from funciones.adaptadores.almacen import PASOS_MAXIMOS, Conflicto, SinCupo
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.regla import huella_de_la_seleccion
from funciones.dominio.acta import Acta, canonico, repetir, sha256
from funciones.dominio.acta_escrita import entera
from funciones.dominio.acta_leida import ActaIlegible, leer
from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.postulacion import Paso, Postulacion
from funciones.entrada.acceso import aplicar, con_reintentos, decidir
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario
from funciones.oficina.acta_publicada import con_fila, publicar

TIPO = "application/json"
# Antes puede seguir corriendo; después, si algo no cupo, lo decide otra selección.
DESDE, HASTA = timedelta(minutes=5), timedelta(days=2)


class ActaSinPublicar(Exception):
    """Se aplicó y no hay cómo publicarla: lo publicado con su número es de otra."""


class ActaCambiada(Exception):
    """El archivo no es el que escribió el sistema: nada de lo que dice se aplica ni se publica."""


def de(id_convocatoria: str) -> tuple[Acta, ...]:
    """Las actas de una convocatoria, de la primera a la última. Error: ActaIlegible."""
    return tuple(leer(montaje().deposito.leer(llave)) for llave in _llaves(id_convocatoria))


def ultima(id_convocatoria: str) -> Acta | None:
    """La última acta; None si nunca se ha seleccionado. Errores: ActaIlegible, ActaCambiada."""
    llaves = _llaves(id_convocatoria)
    return _propia(llaves[-1]) if llaves else None


def _propia(donde: str) -> Acta:
    """El acta de esa llave, si es letra por letra la que el sistema escribió ahí."""
    contenido = montaje().deposito.leer(donde)
    acta = leer(contenido)
    if canonico(entera(acta)) != contenido or llave(acta.id) != donde or not _con_su_sal(acta):
        raise ActaCambiada(acta.id)
    return acta


def _con_su_sal(acta: Acta) -> bool:
    return montaje().llavero.iguales(acta.sal, _sal(acta))


def _sal(acta: Acta) -> str:
    return montaje().llavero.sal_de_acta(acta.id, canonico(entera(replace(acta, sal=""))))


def _llaves(id_convocatoria: str) -> tuple[str, ...]:
    # Con mil actas el número tiene una cifra más: primero las de nombre más corto.
    return tuple(sorted(montaje().deposito.listar(f"actas/{id_convocatoria}/"), key=lambda ll: (len(ll), ll)))


def llave(acta: str) -> str:
    """`2026-feria-maule-001` → `actas/2026-feria-maule/001.json`"""
    convocatoria, _, numero = acta.rpartition("-")
    return f"actas/{convocatoria}/{numero}.json"


def levantar(acta: Acta) -> Acta:
    """La que quedó escrita con ese número, con su sal: esta, o la de otra corrida que se adelantó.

    Errores: ActaIlegible o ActaCambiada si lo que había no es del sistema.
    """
    salada = replace(acta, sal=_sal(acta))
    escrita = montaje().deposito.escribir(llave(acta.id), canonico(entera(salada)), TIPO)
    return salada if escrita else _propia(llave(acta.id))


def huella(acta: Acta) -> str:
    """El SHA-256 del archivo del acta entera."""
    return sha256(canonico(entera(acta)))


def pasos_de(acta: Acta, convocatoria: Convocatoria, fila: Sequence[Postulacion]) -> tuple[Paso, ...]:
    """Lo decidido que falta aplicar: solo a las que siguen en la versión que se vio al elegir.

    Errores: los de `decidir`.
    """
    quien = Funcionario(acta.quien.id, acta.quien.rol, convocatoria.region)
    vistas, ahora = {e.candidata.folio: e.version for e in acta.entradas}, {p.folio: p for p in fila}
    sello, pasos = f"{acta.id}:{huella(acta)}", []
    for folio, destino, codigo in acta.decisiones:
        antes = ahora.get(folio)
        if antes is not None and antes.version == vistas[folio]:
            hallazgos = {**antes.hallazgos, "seleccion": codigo} if codigo else antes.hallazgos
            pasos.append(decidir(antes, destino, quien, convocatoria, acta.motivo, hallazgos=hallazgos, acta=sello))
    return tuple(pasos)


def cumplir(acta: Acta, convocatoria: Convocatoria) -> int:
    """Aplica lo que falta de un acta y la publica; cuántas decisiones aplicó.

    Repetirla no cambia nada. Lo que ya no cabe porque los cupos cambiaron queda sin decidir. Error: ActaCambiada.
    """
    if acta.convocatoria != convocatoria.id or not _con_su_sal(acta):
        raise ActaCambiada(acta.id)

    def intento() -> int:
        pasos = pasos_de(acta, convocatoria, tuple(montaje().almacen.cola(convocatoria.id)))
        # Con otra edición de la regla puede dar distinto sin que nadie haya tocado nada: ahí vale su sal.
        if pasos and acta.regla.sha256 == huella_de_la_seleccion() and repetir(acta) != acta.seleccion:
            raise ActaCambiada(acta.id)
        lotes = (pasos[desde : desde + PASOS_MAXIMOS] for desde in range(0, len(pasos), PASOS_MAXIMOS))
        return sum(_aplicar_lo_que_cabe(lote, convocatoria) for lote in lotes)

    aplicadas = con_reintentos(intento)
    publicar(acta, convocatoria)
    return aplicadas


def terminar_cortada(convocatoria: Convocatoria) -> int:
    """Lo que barrer aplica de una selección que se cortó hace un rato: ya estaba decidido y firmado en su acta.

    Errores: ActaIlegible, ActaCambiada; quien barre los anota, sigue con las demás y avisa.
    """
    ahora = montaje().ahora()
    if convocatoria.empezo(ahora) or convocatoria.situacion is not Situacion.VIGENTE:
        return 0
    acta = ultima(convocatoria.id)
    if acta is None or not DESDE <= ahora - acta.cuando <= HASTA:
        return 0
    try:
        return cumplir(acta, convocatoria)
    except (Conflicto, Rechazo):
        # Otra persona la mueve en este instante, o ya no hay vía de recurso: la próxima barrida lo intenta.
        return 0


def _aplicar_lo_que_cabe(pasos: tuple[Paso, ...], convocatoria: Convocatoria) -> int:
    try:
        aplicar(pasos, convocatoria)
    except SinCupo:
        if len(pasos) == 1:
            return 0
        mitad = len(pasos) // 2
        return _aplicar_lo_que_cabe(pasos[:mitad], convocatoria) + _aplicar_lo_que_cabe(pasos[mitad:], convocatoria)
    return len(pasos)


def publicar_pendientes() -> int:
    """Publica las aplicadas que quedaron sin su fila, aunque haya pasado el plazo o la actividad; cuántas.

    Una que falla no detiene a las demás; al final se lanza el último error, para que quien barre avise.
    """
    listas, publicadas, error = con_fila(), 0, None
    for donde in montaje().deposito.listar("actas/"):
        try:
            publicadas += _numero(donde) not in listas and _publicar_si_se_aplico(donde)
        except (ActaIlegible, ActaCambiada):
            # No la escribió el sistema: no se publica. Lo avisa quien la quiere cumplir.
            continue
        except Exception as falla:
            error = falla
    if error is not None:
        raise error
    return publicadas


def _publicar_si_se_aplico(donde: str) -> bool:
    acta = _propia(donde)
    convocatoria = montaje().horneado.convocatoria(acta.convocatoria)
    if convocatoria is None:
        raise ActaSinPublicar(acta.id)
    if montaje().ahora() - acta.cuando < DESDE or not _aplicada(acta):
        return False
    publicar(acta, convocatoria)
    if acta.id not in con_fila():
        raise ActaSinPublicar(acta.id)
    return True


def _aplicada(acta: Acta) -> bool:
    """Si nada espera y alguna se movió por ella: un acta que nadie cumplió no tiene resultados."""
    vistas, sello = {e.candidata.folio: e.version for e in acta.entradas}, f"{acta.id}:{huella(acta)}"
    decididas = {folio for folio, _, _ in acta.decisiones}
    fila = [p for p in montaje().almacen.cola(acta.convocatoria) if p.folio in decididas]
    if any(p.version == vistas[p.folio] for p in fila):
        return False
    return any(t.acta == sello for p in fila for t in montaje().almacen.transiciones(p.folio))


def _numero(donde: str) -> str:
    """`actas/2026-feria-maule/001.json` → `2026-feria-maule-001`"""
    return donde.removeprefix("actas/").removesuffix(".json").replace("/", "-")
