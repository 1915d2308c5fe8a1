"""La jornada de una actividad: marcas, reemplazos, lugares, aportes y cierre, cada cosa con quién y cuándo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.estado import PARTICIPARON, Estado, Papel
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.jornada import Efecto, balance
from funciones.ejecucion import aportes, cierre, lugares, marcas, reemplazo
from funciones.entrada.acceso import desde_la_mesa
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, exigir_rol, solo_campos
from funciones.oficina import bitacora, nomina

TRABAJAN = ("evaluador", "operador", "nacional", "administrador")
# Quien opera ejecuta la actividad; darla por terminada es de la oficina que responde por ella.
CIERRAN = ("evaluador", "nacional", "administrador")
MARCADAS = PARTICIPARON | {Estado.NO_ASISTIO}
LUGARES_POR_VEZ = 1000


def convocatoria_al_alcance(pedida: str, funcionario: Funcionario) -> Convocatoria:
    """La convocatoria, o el mismo 404 si no existe o no le corresponde a quien pregunta."""
    convocatoria = convocatoria_pedida(montaje().horneado, pedida)
    if not funcionario.alcanza(convocatoria):
        raise Rechazo("convocatoria_no_existe")
    return convocatoria


def ver(solicitud: Solicitud) -> Respuesta:
    """Todo lo de la jornada de una convocatoria."""
    funcionario = exigir_rol(solicitud, *TRABAJAN)
    return _como_va(convocatoria_al_alcance(solicitud.consulta.get("convocatoria", ""), funcionario))


def _como_va(convocatoria: Convocatoria, **hecho: Any) -> Respuesta:
    ahora, pendientes = montaje().ahora(), marcas.choques(convocatoria)
    cola = tuple(montaje().almacen.cola(convocatoria.id))
    cuerpo = {
        "convocatoria": convocatoria.id,
        "en_su_dia": convocatoria.en_su_dia(ahora),
        "termino": convocatoria.termino(ahora),
        "balance": asdict(balance(cola)),
        "marcas": [_quien_marco(p.folio) for p in cola if p.estado in MARCADAS],
        "choques": pendientes,
        **reemplazo.fila(convocatoria),
        "plano": lugares.ver(convocatoria),
        "aportes": aportes.ver(convocatoria),
        "cierre": cierre.ver(convocatoria, len(pendientes)),
        "bitacora": bitacora.leer(convocatoria.id),
    }
    return Respuesta(cuerpo | hecho)


def _quien_marco(folio: str) -> dict[str, str]:
    """Quién anotó si asistió, y cuándo: la última persona que la movió."""
    transiciones = montaje().almacen.transiciones(folio)
    marca = next(t for t in reversed(transiciones) if t.a in MARCADAS and t.actor.papel is Papel.PERSONAL)
    return {
        "folio": folio,
        "motivo": marca.motivo,
        "quien": marca.actor.id,
        "rol": marca.actor.rol,
        "cuando_texto": fecha_hora_larga(marca.cuando),
    }


def cargar_marcas(solicitud: Solicitud) -> Respuesta:
    """Pone las marcas de un CSV con folio, asistio y hora. Errores: 409 si no empieza o ya se cerró, 422 por fila."""
    funcionario = exigir_rol(solicitud, *TRABAJAN)
    solo_campos(solicitud, "convocatoria", "csv")
    convocatoria = convocatoria_al_alcance(solicitud.texto("convocatoria"), funcionario)
    if not convocatoria.empezo(montaje().ahora()):
        raise Rechazo("actividad_no_empieza")
    cierre.exigir_sin_cerrar(convocatoria)
    texto = solicitud.campos.get("csv")
    if not isinstance(texto, str) or not texto.strip():
        raise Rechazo("nomina_por_corregir", campos={"csv": "Pega el archivo CSV o elígelo."})
    try:
        hechas = marcas.cargar(convocatoria, funcionario, texto)
    except nomina.NominaMala as mala:
        errores = [asdict(falla) for falla in mala.fallas]
        raise Rechazo("nomina_por_corregir", campos={"csv": "Hay filas por corregir."}, errores=errores) from mala
    puestas = [h for h in hechas if h.efecto is Efecto.APLICA]
    sin_poner = [h for h in hechas if h.efecto in {Efecto.CHOCA, Efecto.SIN_PUESTO}]
    bitacora.anotar(
        convocatoria.id, "archivo", funcionario, f"{len(puestas)} puestas de {len(hechas)}; {len(sin_poner)} sin poner"
    )
    return _como_va(
        convocatoria,
        puestas=len(puestas),
        ya_estaban=len(hechas) - len(puestas) - len(sin_poner),
        sin_poner=[{"folio": h.folio, "folio_texto": folios.mostrar(h.folio), "por_que": h.por_que} for h in sin_poner],
    )


def reemplazar(solicitud: Solicitud) -> Respuesta:
    """Da un puesto libre a quien sigue en la lista y está presente. Errores: los de `reemplazo.reemplazar`."""
    funcionario = exigir_rol(solicitud, *TRABAJAN)
    solo_campos(solicitud, "convocatoria", "entra", "saltadas", "en_lugar_de")
    convocatoria = convocatoria_al_alcance(solicitud.texto("convocatoria"), funcionario)
    cierre.exigir_sin_cerrar(convocatoria)
    saltadas = _mapa(solicitud, "saltadas")
    entra = folios.normalizar(solicitud.texto("entra")) or ""
    reemplazo.reemplazar(convocatoria, funcionario, entra, saltadas, solicitud.texto("en_lugar_de"))
    return _como_va(convocatoria)


def guardar_lugares(solicitud: Solicitud) -> Respuesta:
    """Da o quita lugares en el plano, todos o ninguno. Errores: los de `lugares.guardar`."""
    funcionario = exigir_rol(solicitud, *TRABAJAN)
    solo_campos(solicitud, "convocatoria", "version", "lugares")
    convocatoria = convocatoria_al_alcance(solicitud.texto("convocatoria"), funcionario)
    cierre.exigir_sin_cerrar(convocatoria)
    lugares.guardar(convocatoria, _mapa(solicitud, "lugares"), solicitud.campos.get("version"), funcionario)
    return _como_va(convocatoria)


def guardar_aporte(solicitud: Solicitud) -> Respuesta:
    """Anota, corrige o quita lo que una empresa se compromete a aportar. Errores: los de `aportes.guardar`."""
    funcionario = exigir_rol(solicitud, *TRABAJAN)
    solo_campos(solicitud, "folio", "version_aporte", *aportes.CAMPOS)
    postulacion, convocatoria = desde_la_mesa(solicitud.texto("folio"), funcionario)
    cierre.exigir_sin_cerrar(convocatoria)
    aportes.guardar(convocatoria, postulacion, solicitud, funcionario)
    return _como_va(convocatoria)


def cerrar(solicitud: Solicitud) -> Respuesta:
    """Cierra la actividad cuando no le falta nada, o la vuelve a abrir; las dos con su razón.

    Errores: 409 si falta algo o si otra persona lo hizo antes; 422 sin razón.
    """
    funcionario = exigir_rol(solicitud, *CIERRAN)
    solo_campos(solicitud, "convocatoria", "accion", "motivo", "version")
    convocatoria = convocatoria_al_alcance(solicitud.texto("convocatoria"), funcionario)
    accion, motivo = solicitud.texto("accion"), solicitud.texto("motivo")[: cierre.LARGO_DEL_MOTIVO]
    if accion not in {"cerrar", "reabrir"}:
        raise Rechazo("solicitud_mal_formada")
    if not motivo:
        raise Rechazo("falta_motivo", campos={"motivo": "Escribe por qué, o qué quedó pendiente."})
    faltan = cierre.que_falta(convocatoria, len(marcas.choques(convocatoria))) if accion == "cerrar" else []
    if faltan:
        raise Rechazo("falta_para_cerrar", mensaje=" ".join(faltan))
    cierre.cambiar(convocatoria, accion, motivo, solicitud.campos.get("version"), funcionario)
    return _como_va(convocatoria)


def _mapa(solicitud: Solicitud, campo: str) -> dict[str, str]:
    """Folio canónico → texto. Error: Rechazo 400 si no tiene esa forma."""
    crudo = solicitud.campos.get(campo)
    if not isinstance(crudo, Mapping) or len(crudo) > LUGARES_POR_VEZ:
        raise Rechazo("solicitud_mal_formada")
    leido = {folios.normalizar(str(folio)): valor for folio, valor in crudo.items()}
    if None in leido or not all(isinstance(valor, str) for valor in leido.values()):
        raise Rechazo("solicitud_mal_formada")
    return {str(folio): str(valor) for folio, valor in leido.items()}
