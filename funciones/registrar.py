"""Registrar: la mesa carga participaciones, rendiciones y «Mis Datos», y baja lo declarado; los RUT van como huella."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import OBJETIVOS, TIPOS_POR_COMPONENTE
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga
from funciones.dominio.plazo import CHILE, fecha_en_chile, inicio_del_dia
from funciones.dominio.postulacion import Estado
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida
from funciones.entrada.solicitud import (
    Funcionario,
    Respuesta,
    Solicitud,
    atender,
    exigir_rol,
    registro,
    solo_campos,
)
from funciones.oficina import bitacora, mis_datos, nomina
from funciones.tramite.vista import ESTADO_EN_PALABRAS

CARGAN = ("evaluador", "nacional", "administrador")
MIRAN = (*CARGAN, "operador")
# El registro es de todo el país: lo mueve quien responde por todo el país.
DEL_REGISTRO_NACIONAL = ("nacional", "administrador")
FALLAS_EN_EL_MENSAJE = 5
# Tienen un puesto y todavía no se anota si asistieron.
POR_PARTICIPAR = frozenset({Estado.SELECCIONADA, Estado.OFRECIDA, Estado.CONFIRMADA})
# Lo que vale para todas las convocatorias: se muestra quién lo cargó. «Mis Datos» lleva la suya aparte.
DE_LA_OFICINA = frozenset({"participaciones", "rendiciones"})
CARGAS_A_LA_VISTA = 20
T = TypeVar("T")


def cargar_participaciones(solicitud: Solicitud) -> Respuesta:
    """Suma al registro las participaciones de un CSV, todas o ninguna; repetir el archivo no agrega nada.

    Errores: 422 con cada fila y columna por corregir.
    """
    funcionario = exigir_rol(solicitud, *CARGAN)
    solo_campos(solicitud, "csv")
    anio = fecha_en_chile(montaje().ahora()).year
    leidas = _leer(solicitud, lambda texto: nomina.participaciones(texto, montaje().horneado, anio))
    huellas = [(montaje().llavero.huella_rut(rut), participacion) for rut, participacion in leidas]
    montaje().almacen.anotar_participaciones(huellas, montaje().ahora())
    _dejar_constancia(funcionario, "participaciones", len(leidas))
    return Respuesta({"filas": len(leidas), "empresas": len({huella for huella, _ in huellas})} | _registros())


def cargar_rendiciones(solicitud: Solicitud) -> Respuesta:
    """Reemplaza entera la nómina de rendiciones pendientes por la de un CSV, con la fecha de su corte.

    Errores: 422 con cada fila y columna por corregir, o si ya hay una nómina de un corte posterior.
    """
    funcionario = exigir_rol(solicitud, *CARGAN)
    solo_campos(solicitud, "csv", "corte")
    corte = _corte(solicitud.texto("corte"))
    leidos = _leer(solicitud, lambda texto: nomina.rendiciones(texto, montaje().horneado))
    huellas = {montaje().llavero.huella_rut(rut) for rut in leidos}
    montaje().almacen.cargar_rendiciones(huellas, corte)
    _dejar_constancia(funcionario, "rendiciones", len(leidos))
    return Respuesta({"filas": len(leidos), "empresas": len(huellas)} | _registros())


def ver_registros(solicitud: Solicitud) -> Respuesta:
    """De cuándo es lo cargado."""
    exigir_rol(solicitud, *MIRAN)
    return Respuesta(_registros())


def ver_rendiciones(solicitud: Solicitud) -> Respuesta:
    """Quiénes tienen un puesto en la convocatoria y aparecen con rendiciones pendientes, antes de la actividad."""
    funcionario = exigir_rol(solicitud, *MIRAN)
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.consulta.get("convocatoria", ""))
    if not funcionario.alcanza(convocatoria):
        raise Rechazo("convocatoria_no_existe")
    por_participar = [p for p in montaje().almacen.cola(convocatoria.id) if p.estado in POR_PARTICIPAR]
    pendientes = [
        {
            "folio": p.folio,
            "folio_texto": folios.mostrar(p.folio),
            "nombre": p.datos["nombre"],
            "estado": str(p.estado),
            "estado_texto": ESTADO_EN_PALABRAS[p.estado],
        }
        for p in por_participar
        if montaje().almacen.rendicion_pendiente(p.huella_rut)
    ]
    return Respuesta({"corte_texto": _en_fecha(montaje().almacen.corte_rendiciones()), "pendientes": pendientes})


def ver_mis_datos(solicitud: Solicitud) -> Respuesta:
    """Qué columnas lleva el archivo, cuánto dura lo importado y quién lo ha movido este año."""
    exigir_rol(solicitud, *DEL_REGISTRO_NACIONAL)
    return Respuesta(_mis_datos())


def importar_mis_datos(solicitud: Solicitud) -> Respuesta:
    """Toma del CSV de la institución lo que dice de cada RUT, todo o nada. Error: 422 con cada fila por corregir."""
    funcionario = exigir_rol(solicitud, *DEL_REGISTRO_NACIONAL)
    solo_campos(solicitud, "csv")
    filas = _leer(solicitud, lambda texto: nomina.mis_datos(texto, montaje().horneado))
    mis_datos.importar(filas, funcionario)
    _dejar_constancia(funcionario, "mis_datos", len(filas))
    return Respuesta({"filas": len(filas), "empresas": len(filas)} | _mis_datos())


def exportar_mis_datos(solicitud: Solicitud) -> Respuesta:
    """El CSV con lo que declararon quienes postularon en esos días. Errores: 404, o 422 si los días no calzan."""
    funcionario = exigir_rol(solicitud, *DEL_REGISTRO_NACIONAL)
    solo_campos(solicitud, "convocatoria", "desde", "hasta")
    pedida = solicitud.texto("convocatoria")
    elegidas = (convocatoria_pedida(montaje().horneado, pedida).id,) if pedida else montaje().horneado.ids()
    desde, hasta = _dia(solicitud, "desde"), _dia(solicitud, "hasta")
    if hasta < desde:
        raise Rechazo("respuestas_por_corregir", campos={"hasta": "El último día no puede ir antes que el primero."})
    contenido, filas = mis_datos.exportar(elegidas, desde, hasta, funcionario, pedida)
    _dejar_constancia(funcionario, "mis_datos_exportados", filas)
    nombre = f"mis-datos-{desde.isoformat()}-{hasta.isoformat()}.csv"
    return Respuesta({"nombre": nombre, "csv": contenido, "filas": filas} | _mis_datos())


def _mis_datos() -> dict[str, Any]:
    return {
        "columnas": list(nomina.COLUMNAS_DE_MIS_DATOS),
        "dias": mis_datos.DIAS_DE_VIGENCIA,
        "movimientos": mis_datos.movimientos(fecha_en_chile(montaje().ahora()).year),
    }


def _dia(solicitud: Solicitud, campo: str) -> date:
    try:
        return date.fromisoformat(solicitud.texto(campo))
    except ValueError as error:
        raise Rechazo("respuestas_por_corregir", campos={campo: "Escribe el día, como 2026-11-20."}) from error


def _registros() -> dict[str, Any]:
    almacen = montaje().almacen
    return {
        "participaciones_texto": _en_fecha(almacen.participaciones_al()),
        "rendiciones_corte_texto": _en_fecha(almacen.corte_rendiciones()),
        "tipos_actividad": {str(n): list(tipos) for n, tipos in TIPOS_POR_COMPONENTE.items()},
        "objetivos": list(OBJETIVOS),
        "quien_cargo": bitacora.leer(bitacora.OFICINA)[:CARGAS_A_LA_VISTA],
    }


def _en_fecha(instante: datetime | None) -> str:
    """Con su hora, salvo que se haya dado solo la fecha: entonces vale desde el comienzo de ese día."""
    if instante is None:
        return ""
    dia = fecha_en_chile(instante)
    return fecha_larga(dia) if instante == inicio_del_dia(dia) else fecha_hora_larga(instante)


def _leer(solicitud: Solicitud, lector: Callable[[str], T]) -> T:
    texto = solicitud.campos.get("csv")
    if not isinstance(texto, str) or not texto.strip():
        raise Rechazo("nomina_por_corregir", campos={"csv": "Pega el archivo CSV o elígelo."})
    try:
        return lector(texto)
    except nomina.NominaMala as mala:
        raise Rechazo("nomina_por_corregir", campos={"csv": _en_palabras(mala)}, errores=_errores(mala)) from mala


def _errores(mala: nomina.NominaMala) -> list[dict[str, Any]]:
    return [{"fila": f.fila, "columna": f.columna, "mensaje": f.mensaje} for f in mala.fallas]


def _en_palabras(mala: nomina.NominaMala) -> str:
    dichas = [
        f"Fila {f.fila}{f', {f.columna}' if f.columna else ''}: {f.mensaje}" for f in mala.fallas[:FALLAS_EN_EL_MENSAJE]
    ]
    resto = len(mala.fallas) - len(dichas)
    return "\n".join([*dichas, f"Y {resto} filas más."] if resto else dichas)


def _corte(escrito: str) -> datetime:
    """`2026-11-20` o `2026-11-20T15:00`, hora de Chile → instante. Solo la fecha es el comienzo de ese día."""
    try:
        fecha = datetime.fromisoformat(escrito)
        corte = inicio_del_dia(date.fromisoformat(escrito)) if "T" not in escrito else _en_utc(fecha)
    except (ValueError, OverflowError) as error:
        raise _corte_malo("Escribe la fecha de la nómina, como 2026-11-20.") from error
    if corte > montaje().ahora():
        raise _corte_malo("Esa fecha aún no llega: revisa el día.")
    anterior = montaje().almacen.corte_rendiciones()
    if anterior is not None and corte < anterior:
        raise _corte_malo(f"Ya hay una nómina más nueva, del {_en_fecha(anterior)}.")
    return corte


def _en_utc(local: datetime) -> datetime:
    return (local if local.tzinfo else local.replace(tzinfo=CHILE)).astimezone(UTC)


def _corte_malo(mensaje: str) -> Rechazo:
    return Rechazo("respuestas_por_corregir", campos={"corte": mensaje})


def _dejar_constancia(funcionario: Funcionario, cual: str, filas: int) -> None:
    """Quién cargó y cuántas filas; del contenido, nada."""
    if cual in DE_LA_OFICINA:
        bitacora.anotar(bitacora.OFICINA, cual, funcionario, "1 fila" if filas == 1 else f"{filas} filas")
    registro.info("registro_cargado", extra={"cual": cual, "filas": filas, "funcionario": funcionario.id})


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Las rutas de los registros."""
    return atender(
        event,
        {
            "POST /api/mesa/participaciones": cargar_participaciones,
            "POST /api/mesa/rendiciones": cargar_rendiciones,
            "GET /api/mesa/registros": ver_registros,
            "GET /api/mesa/rendiciones": ver_rendiciones,
            "GET /api/mesa/mis_datos": ver_mis_datos,
            "POST /api/mesa/mis_datos": importar_mis_datos,
            "POST /api/mesa/mis_datos/exporta": exportar_mis_datos,
        },
    )
