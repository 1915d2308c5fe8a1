"""El reemplazo en el día: un puesto que quedó libre lo toma, en el orden de la lista, quien está presente."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio import espera
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.estado import PARTICIPARON
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.ejecucion import lugares
from funciones.entrada.acceso import aplicar, decidir
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario
from funciones.oficina import bitacora
from funciones.tramite.conservacion import conservar_hasta
from funciones.tramite.constancia import anotar_participacion

# Por qué no entra quien va antes. La de rendiciones la comprueba la nómina, no quien lo escribe.
NO_ESTA, NO_QUIERE, RENDICION = "no_esta", "no_quiere", "rendicion"
# Quién toma el puesto de cada ausente.
CLASE = "reemplazo"
A_MEDIAS = timedelta(minutes=2)
RAZONES = {NO_ESTA: "no estaba", NO_QUIERE: "no quiso", RENDICION: "debe rendiciones"}


def fila(convocatoria: Convocatoria) -> dict[str, Any]:
    """Los puestos libres, de quiénes ya se tomó el suyo y quienes esperan, en su orden."""
    cola = tuple(montaje().almacen.cola(convocatoria.id))
    return {
        "libres": _libres(convocatoria),
        "reemplazadas": sorted(_reemplazadas(convocatoria, {p.folio: p for p in cola})),
        "espera": [
            {
                "folio": p.folio,
                "folio_texto": folios.mostrar(p.folio),
                "nombre": p.datos["nombre"],
                "telefono": p.datos.get("telefono", ""),
                "version": p.version,
                "debe_rendiciones": bool(montaje().almacen.rendicion_pendiente(p.huella_rut)),
            }
            for p in espera.en_orden(convocatoria, cola)
        ],
    }


def _libres(convocatoria: Convocatoria) -> int:
    return montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima).libres


def reemplazar(
    convocatoria: Convocatoria,
    funcionario: Funcionario,
    entra: str,
    saltadas: dict[str, str],
    en_lugar_de: str = "",
) -> Postulacion:
    """Da el puesto a `entra`, que ya está ahí: pasa a haber participado.

    `saltadas`: folio → por qué no entra, de quienes van antes. `en_lugar_de`: quien no llegó, si se sabe: su lugar en
    el plano pasa a la que entra. Errores: Rechazo 409 si no es el día, si no hay puesto libre o si otra va antes; 422
    si una saltada no espera, o si el puesto de quien no llegó ya se dio.
    """
    _exigir_el_dia(convocatoria)
    cola = {p.folio: p for p in montaje().almacen.cola(convocatoria.id)}
    elegida = cola.get(entra)
    if elegida is None or elegida.estado is not Estado.LISTA_DE_ESPERA:
        raise Rechazo("accion_imposible")
    _exigir_razones(saltadas, cola)
    faltante = _la_que_no_llego(convocatoria, en_lugar_de, cola)
    libres = _libres(convocatoria)
    if libres < 1:
        raise Rechazo("sin_puesto_libre")
    sigue = espera.quien_entra(convocatoria, cola.values(), libres, saltadas)
    if sigue is None or sigue.folio != entra:
        raise Rechazo("va_antes", va=None if sigue is None else folios.mostrar(sigue.folio))
    if montaje().almacen.rendicion_pendiente(elegida.huella_rut):
        raise Rechazo("rendicion_pendiente")
    motivo = _motivo(convocatoria, cola, entra, saltadas, faltante)
    if faltante:
        _apartar(convocatoria, faltante, entra, cola)
    paso = decidir(elegida, Estado.PARTICIPO, funcionario, convocatoria, motivo)
    aplicar((paso,), convocatoria)
    anotar_participacion(paso.despues, convocatoria)
    if faltante:
        # El puesto ya es suyo: si el plano no deja escribir, queda sin lugar y se le da a mano.
        with suppress(Conflicto):
            lugares.pasar(convocatoria, faltante, entra, funcionario)
    bitacora.anotar(convocatoria.id, "reemplazo", funcionario, f"{folios.mostrar(entra)}. {motivo}")
    return paso.despues


def _exigir_el_dia(convocatoria: Convocatoria) -> None:
    if convocatoria.situacion is not Situacion.VIGENTE:
        raise Rechazo("convocatoria_suspendida")
    if not convocatoria.en_su_dia(montaje().ahora()):
        raise Rechazo("no_es_el_dia")


def _exigir_razones(saltadas: dict[str, str], cola: dict[str, Postulacion]) -> None:
    for folio, razon in saltadas.items():
        if razon not in RAZONES:
            raise Rechazo("solicitud_mal_formada")
        saltada = cola.get(folio)
        if saltada is None or saltada.estado is not Estado.LISTA_DE_ESPERA:
            texto = f"{folios.mostrar(folio)} no está en la lista de espera: abre la jornada otra vez."
            raise Rechazo("respuestas_por_corregir", campos={"saltadas": texto})
        if razon == RENDICION and not montaje().almacen.rendicion_pendiente(saltada.huella_rut):
            texto = f"{folios.mostrar(folio)} no aparece en la nómina de rendiciones."
            raise Rechazo("respuestas_por_corregir", campos={"saltadas": texto})


def _la_que_no_llego(convocatoria: Convocatoria, escrito: str, cola: dict[str, Postulacion]) -> str:
    if not escrito:
        return ""
    folio = folios.normalizar(escrito) or ""
    if folio not in cola or cola[folio].estado is not Estado.NO_ASISTIO:
        texto = "Elige a alguien que esté marcado como que no asistió."
        raise Rechazo("respuestas_por_corregir", campos={"en_lugar_de": texto})
    if folio in _reemplazadas(convocatoria, cola):
        texto = "Su puesto ya lo tomó otra empresa: elige otro, o un puesto libre."
        raise Rechazo("respuestas_por_corregir", campos={"en_lugar_de": texto})
    return folio


def _reemplazadas(convocatoria: Convocatoria, cola: dict[str, Postulacion]) -> frozenset[str]:
    """De quienes no llegaron, a quiénes ya reemplaza alguien que asistió."""
    return frozenset(
        hoja.llave for hoja in montaje().almacen.hojas(CLASE, convocatoria.id) if _asistio(hoja.cuerpo["entra"], cola)
    )


def _asistio(folio: str, cola: dict[str, Postulacion]) -> bool:
    return folio in cola and cola[folio].estado in PARTICIPARON


def _apartar(convocatoria: Convocatoria, faltante: str, entra: str, cola: dict[str, Postulacion]) -> None:
    """Anota quién toma el puesto de esa ausente antes de darlo: dos a la vez no pueden tomar el mismo.

    Lo apartado y sin terminar se puede tomar pasado un rato. Error: Rechazo 409 si alguien lo está tomando.
    """
    hoja = montaje().almacen.hoja(CLASE, convocatoria.id, faltante)
    if hoja is not None and hoja.cuerpo["entra"] != entra and _sigue_en_pie(hoja, cola):
        raise Rechazo("cambio_entre_medio", version=hoja.version)
    version = 1 if hoja is None else hoja.version + 1
    cuerpo = {"entra": entra, "cuando": montaje().ahora().isoformat()}
    try:
        montaje().almacen.guardar_hoja(
            Hoja(CLASE, convocatoria.id, faltante, cuerpo, version, conservar_hasta(convocatoria))
        )
    except Conflicto as error:
        raise Rechazo("cambio_entre_medio", version=version) from error


def _sigue_en_pie(hoja: Hoja, cola: dict[str, Postulacion]) -> bool:
    """Si ya asistió, o si recién lo apartaron y todavía no termina de entrar."""
    entra = hoja.cuerpo["entra"]
    reciente = montaje().ahora() - datetime.fromisoformat(hoja.cuerpo["cuando"]) < A_MEDIAS
    espera_todavia = entra in cola and cola[entra].estado is Estado.LISTA_DE_ESPERA
    return _asistio(entra, cola) or (reciente and espera_todavia)


def _tomo_el_de(folio: str) -> str:
    return f"Tomó el puesto de {folios.mostrar(folio)}, que no llegó"


def _motivo(
    convocatoria: Convocatoria, cola: dict[str, Postulacion], entra: str, saltadas: dict[str, str], faltante: str
) -> str:
    """Queda en el libro: de quién era el puesto, y por qué no lo tomó cada una de las que iban antes, y solo esas."""
    delante = takewhile(lambda p: p.folio != entra, espera.en_orden(convocatoria, cola.values()))
    partes = [_tomo_el_de(faltante) if faltante else "Tomó un puesto libre"]
    antes = [f"{folios.mostrar(p.folio)} {RAZONES[saltadas[p.folio]]}" for p in delante if p.folio in saltadas]
    return "; ".join([*partes, f"de quienes iban antes: {', '.join(antes)}"] if antes else partes)
