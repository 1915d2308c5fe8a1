"""Seleccionar: simular las listas o ejecutarlas con su acta. Una corrida que se corta la termina la siguiente."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from funciones.adaptadores.almacen import Conflicto, SinCupo
from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.regla import huella_de_la_seleccion
from funciones.dominio import folio as folios
from funciones.dominio.abstencion import se_abstuvo
from funciones.dominio.acta import Acta, Entrada, Version
from funciones.dominio.candidata import candidatas, condiciones_de
from funciones.dominio.convocatoria import Convocatoria, Cupo, ModoSeleccion, Situacion
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import Postulacion
from funciones.dominio.seleccion import VERSION, FaltaRevisar, Motivo, Seleccion, de_otra_pauta, seleccionar
from funciones.entrada.acceso import REINTENTOS, actor_de
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
from funciones.oficina import actas, pendientes
from funciones.oficina.mesa import nombre_visible
from funciones.oficina.promocion import cierre_de_la_fila, espera_por_confirmar

ROLES = ("evaluador", "nacional", "administrador")
MINUTOS_ENLACE = 5
MOTIVO_EN_PALABRAS = {
    Motivo.BAJO_NOTA_MINIMA: "Quedó bajo la nota mínima",
    Motivo.SIN_CUPO_NI_ESPERA: "No quedó cupo ni lugar en la lista de espera",
    Motivo.SOBRE_EL_TOPE: "Llegó después de completarse las postulaciones que recibe la convocatoria",
}


@dataclass(frozen=True, slots=True)
class Foto:
    """La fila y los puestos en un mismo instante, y si ya nadie más puede entrar a ella."""

    fila: tuple[Postulacion, ...]
    cupo: Cupo
    cerrada: bool


def atender_seleccion(solicitud: Solicitud) -> Respuesta:
    """Simula o ejecuta. Ejecutar dos veces no cambia nada la segunda."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "convocatoria", "accion", "motivo")
    convocatoria = _al_alcance(solicitud.texto("convocatoria"), funcionario)
    if convocatoria.situacion is not Situacion.VIGENTE:
        raise Rechazo("convocatoria_suspendida")
    if convocatoria.empezo(montaje().ahora()):
        raise Rechazo("actividad_empezo", mensaje="Ya no se elige: nadie alcanzaría a prepararse ni a llegar.")
    accion = solicitud.texto("accion")
    if accion not in {"simular", "ejecutar"}:
        raise Rechazo("solicitud_mal_formada")
    if accion == "simular":
        foto = _foto(convocatoria)
        return Respuesta(_en_palabras(convocatoria, _elegir(convocatoria, foto)) | {"ejecutada": False, "acta": None})
    if not solicitud.texto("motivo"):
        raise Rechazo("falta_motivo", campos={"motivo": "Escribe por qué ejecutas la selección ahora."})
    return Respuesta(_ejecutar(convocatoria, funcionario, solicitud.texto("motivo")) | {"ejecutada": True})


def listar_actas(solicitud: Solicitud) -> Respuesta:
    """Las actas de una convocatoria, de la primera a la última."""
    funcionario = exigir_rol(solicitud, *ROLES)
    convocatoria = _al_alcance(solicitud.consulta.get("convocatoria", ""), funcionario)
    return Respuesta({"actas": [_resumen(acta) for acta in actas.de(convocatoria.id)]})


def entregar_acta(solicitud: Solicitud) -> Respuesta:
    """Un enlace de cinco minutos para bajar el acta entera."""
    funcionario = exigir_rol(solicitud, *ROLES)
    pedida = solicitud.camino.get("acta", "")
    convocatoria = _al_alcance(pedida.rpartition("-")[0], funcionario)
    if pedida not in {acta.id for acta in actas.de(convocatoria.id)}:
        raise Rechazo("acta_no_existe")
    vence = montaje().ahora() + timedelta(minutes=MINUTOS_ENLACE)
    nombre = f"acta-{pedida}.json"
    return Respuesta({"enlace": montaje().deposito.enlace(actas.llave(pedida), vence, nombre), "nombre": nombre})


def ver_acta(solicitud: Solicitud) -> Respuesta:
    """Lo que dice el acta, en palabras y por folio, para leerla o imprimirla."""
    funcionario = exigir_rol(solicitud, *ROLES)
    pedida = solicitud.camino.get("acta", "")
    convocatoria = _al_alcance(pedida.rpartition("-")[0], funcionario)
    acta = next((a for a in actas.de(convocatoria.id) if a.id == pedida), None)
    if acta is None:
        raise Rechazo("acta_no_existe")
    return Respuesta(_resumen(acta) | _hoja_del_acta(acta, convocatoria))


def _hoja_del_acta(acta: Acta, convocatoria: Convocatoria) -> dict[str, Any]:
    puntajes = {e.candidata.folio: e.candidata.puntaje for e in acta.entradas}
    return {
        "convocatoria_nombre": convocatoria.nombre,
        "demostracion": convocatoria.demostracion,
        "quien": acta.quien.id,
        "rol": acta.quien.rol,
        "oficina": acta.quien.oficina,
        "motivo": acta.motivo,
        "regla": f"{acta.regla.version}, SHA-256 {acta.regla.sha256}",
        "cupos": acta.cupo.cupos,
        "filas": [
            {
                "folio_texto": folios.mostrar(folio),
                "resultado": str(destino),
                "puntaje": "" if puntajes.get(folio) is None else str(puntajes[folio]).replace(".", ","),
                "motivo_texto": MOTIVO_EN_PALABRAS[Motivo(motivo)] if motivo else "",
            }
            for folio, destino, motivo in acta.decisiones
        ],
    }


def _al_alcance(id_convocatoria: str, funcionario: Funcionario) -> Convocatoria:
    convocatoria = convocatoria_pedida(montaje().horneado, id_convocatoria)
    if not funcionario.alcanza(convocatoria):
        raise Rechazo("convocatoria_no_existe")
    return convocatoria


def _foto(convocatoria: Convocatoria) -> Foto:
    """Errores: Rechazo si con puntaje todavía no se puede elegir; Conflicto si los puestos no dejan de moverse."""
    desde = cierre_de_la_fila(convocatoria, montaje())
    cerrada = montaje().ahora() >= desde
    if convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE and not cerrada:
        raise Rechazo("aun_abierta", mensaje=f"Se elige desde el {fecha_hora_larga(desde)}.")
    for _ in range(REINTENTOS):
        antes, fila, cupo = _cupo(convocatoria), _fila(convocatoria), _cupo(convocatoria)
        if antes == cupo:
            return Foto(fila, cupo, cerrada)
    raise Conflicto


def _cupo(convocatoria: Convocatoria) -> Cupo:
    return montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)


def _fila(convocatoria: Convocatoria) -> tuple[Postulacion, ...]:
    """Por llegada solo entran turnos más viejos que la gracia: nadie que confirme ahora puede ponerse delante."""
    cola = montaje().almacen.cola(convocatoria.id)
    if convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE:
        return tuple(cola)
    limite = montaje().ahora() - espera_por_confirmar(convocatoria, montaje())
    return tuple(p for p in cola if p.turno is not None and p.turno <= limite)


def _elegir(convocatoria: Convocatoria, foto: Foto) -> Seleccion:
    viejas = de_otra_pauta(convocatoria, foto.fila)
    try:
        seleccion = seleccionar(convocatoria, foto.fila, foto.cupo, cerrada=foto.cerrada)
    except FaltaRevisar as falta:
        raise _falta_revisar((*falta.folios, *viejas), convocatoria, foto) from falta
    if viejas:
        mensaje = "La pauta cambió después de poner las notas. Califica otra vez las que se nombran."
        raise _falta_revisar(viejas, convocatoria, foto, mensaje=mensaje)
    return seleccion


def _falta_revisar(cuales: Iterable[str], convocatoria: Convocatoria, foto: Foto, **extra: Any) -> Rechazo:
    faltan = pendientes.en_palabras(cuales, convocatoria, foto.fila)
    return Rechazo("falta_revisar", folios=[uno["folio_texto"] for uno in faltan], faltan=faltan, **extra)


def _ejecutar(convocatoria: Convocatoria, funcionario: Funcionario, motivo: str) -> dict[str, Any]:
    """Si la última corrida se cortó, la termina y cuenta esa; si no, levanta un acta nueva y la cumple."""
    anterior = actas.ultima(convocatoria.id)
    if anterior is not None and actas.cumplir(anterior, convocatoria):
        return _con_acta(convocatoria, anterior)
    foto = _foto(convocatoria)
    nueva = _redactar(convocatoria, foto, funcionario, motivo, 1 if anterior is None else anterior.numero + 1)
    if not nueva.decisiones:
        return _en_palabras(convocatoria, nueva.seleccion) | {"acta": None}
    _exigir_sin_conflicto(nueva, foto, funcionario)
    # Antes de escribir nada: si falta una vía de recurso, aquí se sabe.
    actas.pasos_de(nueva, convocatoria, foto.fila)
    levantada = actas.levantar(nueva)
    actas.cumplir(levantada, convocatoria)
    if actas.pasos_de(levantada, convocatoria, tuple(montaje().almacen.cola(convocatoria.id))):
        raise SinCupo  # Los cupos cambiaron entre mirar y guardar: lo que no cupo se decide en otra corrida.
    return _con_acta(convocatoria, levantada)


def _exigir_sin_conflicto(acta: Acta, foto: Foto, funcionario: Funcionario) -> None:
    """Quien firma el acta decide sobre todas las que decide: 409 si se abstuvo en alguna (Ley 19.880, art. 12)."""
    decididas = {folio for folio, _, _ in acta.decisiones}
    suyas = [p.folio for p in foto.fila if p.folio in decididas and se_abstuvo(p, funcionario.id)]
    if suyas:
        mensaje = "Esta selección decide sobre una postulación en que declaraste un conflicto: la ejecuta otra persona."
        raise Rechazo("te_abstuviste", mensaje=mensaje, folios=sorted(folios.mostrar(folio) for folio in suyas))


def _redactar(convocatoria: Convocatoria, foto: Foto, funcionario: Funcionario, motivo: str, numero: int) -> Acta:
    por_folio = {p.folio: p for p in foto.fila}
    publicado = montaje().horneado
    return Acta(
        convocatoria=convocatoria.id,
        numero=numero,
        cuando=montaje().ahora(),
        quien=actor_de(funcionario, convocatoria),
        motivo=motivo,
        demostracion=convocatoria.demostracion,
        regla=Version(VERSION, huella_de_la_seleccion()),
        parametros=Version(publicado.reglamento(convocatoria).version, publicado.huella),
        sal="",  # Sale de todo lo demás: la pone `actas.levantar`.
        condiciones=condiciones_de(convocatoria),
        cupo=foto.cupo,
        cerrada=foto.cerrada,
        entradas=tuple(
            Entrada(candidata, turno, por_folio[candidata.folio].version)
            for candidata in candidatas(convocatoria, foto.fila)
            if (turno := por_folio[candidata.folio].turno) is not None
        ),
        seleccion=_elegir(convocatoria, foto),
    )


def _con_acta(convocatoria: Convocatoria, acta: Acta) -> dict[str, Any]:
    return _en_palabras(convocatoria, acta.seleccion) | {"acta": {"id": acta.id, "sha256": actas.huella(acta)}}


def _resumen(acta: Acta) -> dict[str, Any]:
    return {
        "acta": acta.id,
        "numero": acta.numero,
        "cuando_texto": fecha_hora_larga(acta.cuando),
        "sha256": actas.huella(acta),
        "seleccionadas": len(acta.seleccion.seleccionadas),
        "espera": len(acta.seleccion.espera),
        "no_seleccionadas": len(acta.seleccion.no_seleccionadas),
    }


def _en_palabras(convocatoria: Convocatoria, seleccion: Seleccion) -> dict[str, Any]:
    fila = {p.folio: p for p in montaje().almacen.cola(convocatoria.id)}
    titulos = {reserva.reserva: reserva.titulo for reserva in convocatoria.reservas}
    por_reserva = {folio: titulos.get(reserva, reserva) for folio, reserva in seleccion.por_reserva}
    cupo = _cupo(convocatoria)
    return {
        "seleccionadas": [
            _renglon(convocatoria, fila[folio]) | {"reserva": por_reserva.get(folio, "")}
            for folio in seleccion.seleccionadas
        ],
        "espera": [_renglon(convocatoria, fila[folio]) for folio in seleccion.espera],
        "no_seleccionadas": [
            _renglon(convocatoria, fila[folio])
            | {"motivo_codigo": str(codigo), "motivo_texto": MOTIVO_EN_PALABRAS[codigo]}
            for folio, codigo in seleccion.no_seleccionadas
        ],
        "sin_decidir": [_renglon(convocatoria, fila[folio]) for folio in seleccion.sin_decidir],
        "guardados": [
            {"reserva": reserva, "titulo": titulos.get(reserva, reserva), "cupos": cupos}
            for reserva, cupos in seleccion.guardados
        ],
        "cupo": {"cupos": cupo.cupos, "asignados": cupo.asignados, "espera": cupo.espera},
    }


def _renglon(convocatoria: Convocatoria, postulacion: Postulacion) -> dict[str, Any]:
    return {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "nombre": nombre_visible(convocatoria, postulacion),
        "puntaje": None if postulacion.puntaje is None else str(postulacion.puntaje),
    }


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """POST /api/mesa/seleccion y las actas: la lista, una entera y su hoja para imprimir."""
    return atender(
        event,
        {
            "POST /api/mesa/seleccion": atender_seleccion,
            "GET /api/mesa/actas": listar_actas,
            "GET /api/mesa/actas/{acta}": entregar_acta,
            "GET /api/mesa/actas/{acta}/hoja": ver_acta,
        },
    )
