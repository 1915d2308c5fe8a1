"""Las actas de selección: se levantan una sola vez, se cumplen aunque la corrida se corte, y se publican."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from funciones.acceso import aplicar, con_reintentos, decidir
from funciones.adaptadores.almacen import PASOS_MAXIMOS, Conflicto, SinCupo
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.publicacion import YaPublicado
from funciones.dominio.acta import Acta, canonico, sha256
from funciones.dominio.acta_escrita import entera, fila_publica, publica
from funciones.dominio.acta_leida import leer
from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.postulacion import Paso, Postulacion
from funciones.errores import Rechazo
from funciones.solicitud import Funcionario, registro

TIPO = "application/json"
# Antes puede seguir corriendo; después, si algo no cupo, lo decide otra selección.
DESDE, HASTA = timedelta(minutes=5), timedelta(days=2)
TABLA, CLAVE = "transparencia/actas.csv", ("acta",)


def de(id_convocatoria: str) -> tuple[Acta, ...]:
    """Las actas de una convocatoria, de la primera a la última."""
    return tuple(leer(montaje().deposito.leer(llave)) for llave in _llaves(id_convocatoria))


def ultima(id_convocatoria: str) -> Acta | None:
    """La última acta; None si nunca se ha seleccionado."""
    llaves = _llaves(id_convocatoria)
    return leer(montaje().deposito.leer(llaves[-1])) if llaves else None


def _llaves(id_convocatoria: str) -> tuple[str, ...]:
    # Con mil actas el número tiene una cifra más: primero las de nombre más corto.
    return tuple(sorted(montaje().deposito.listar(f"actas/{id_convocatoria}/"), key=lambda ll: (len(ll), ll)))


def llave(acta: str) -> str:
    """`2026-feria-maule-001` → `actas/2026-feria-maule/001.json`"""
    convocatoria, _, numero = acta.rpartition("-")
    return f"actas/{convocatoria}/{numero}.json"


def levantar(acta: Acta) -> Acta:
    """La que quedó escrita con ese número: esta, o la de otra corrida que se adelantó."""
    escrita = montaje().deposito.escribir(llave(acta.id), canonico(entera(acta)), TIPO)
    return acta if escrita else leer(montaje().deposito.leer(llave(acta.id)))


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

    Repetirla no cambia nada. Lo que ya no cabe porque los cupos cambiaron queda sin decidir.
    """

    def intento() -> int:
        pasos = pasos_de(acta, convocatoria, tuple(montaje().almacen.cola(convocatoria.id)))
        lotes = (pasos[desde : desde + PASOS_MAXIMOS] for desde in range(0, len(pasos), PASOS_MAXIMOS))
        return sum(_aplicar_lo_que_cabe(lote, convocatoria) for lote in lotes)

    aplicadas = con_reintentos(intento)
    _publicar(acta)
    return aplicadas


def terminar_cortada(convocatoria: Convocatoria) -> int:
    """Lo que barrer aplica de una selección que se cortó hace un rato: ya estaba decidido y firmado en su acta."""
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


def _publicar(acta: Acta) -> None:
    try:
        montaje().publicacion.guardar(f"transparencia/actas/{acta.id}.json", canonico(publica(acta)))
    except YaPublicado:
        # Los datos publicados vienen de otro almacén, como al borrar el local: lo publicado no se pisa.
        registro.error("acta_ya_publicada", extra={"acta": acta.id})
        return
    montaje().publicacion.anexar(TABLA, [fila_publica(acta)], CLAVE)
