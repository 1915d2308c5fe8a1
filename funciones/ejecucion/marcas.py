"""Las marcas de asistencia: una por una desde la mesa, o juntas en un archivo hecho donde no había señal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from funciones.adaptadores.almacen import SinCupo
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.jornada import Efecto, Marca, efecto
from funciones.dominio.plazo import CHILE, fecha_en_chile, inicio_del_dia
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.entrada.acceso import aplicar, con_reintentos, decidir
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario
from funciones.oficina import bitacora, nomina
from funciones.tramite.conservacion import conservar_hasta
from funciones.tramite.constancia import anotar_participacion, corregir_participacion

CHOQUE = "choque"
# El reloj de un teléfono puede ir adelantado: la marca se recibe igual, con la hora de aquí.
RELOJ_ADELANTADO = timedelta(minutes=15)
_DESTINOS = {True: (Estado.PARTICIPO, "Asistió"), False: (Estado.NO_ASISTIO, "No asistió")}


def marcar(antes: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario, marca: Marca) -> Postulacion:
    """Cómo queda con esa marca, ya comprobado que se puede poner; si chocaba con otra, queda resuelto.

    Errores: Rechazo 409 si debe rendiciones, o si su puesto ya lo tomó otra empresa; Conflicto.
    """
    destino, motivo = _DESTINOS[marca.asistio]
    if antes.estado is not destino and not (marca.asistio and antes.estado is Estado.EGRESADA):
        if marca.asistio and montaje().almacen.rendicion_pendiente(antes.huella_rut):
            raise Rechazo("rendicion_pendiente")
        if marca.hora is not None:
            motivo = f"{motivo}, anotado en la puerta el {fecha_hora_larga(marca.hora)}"
        paso = decidir(antes, destino, funcionario, convocatoria, motivo)
        try:
            aplicar((paso,), convocatoria)
        except SinCupo as error:
            raise Rechazo("puesto_tomado") from error
        antes = paso.despues
    # También al repetir: si la vez anterior se cortó aquí, queda escrito ahora.
    (anotar_participacion if marca.asistio else corregir_participacion)(antes, convocatoria)
    montaje().almacen.borrar_hoja(CHOQUE, convocatoria.id, antes.folio)
    return antes


@dataclass(frozen=True, slots=True)
class Cargada:
    """Qué pasó con una fila del archivo; `por_que` explica lo que quedó sin poner."""

    folio: str
    efecto: Efecto
    por_que: str = ""


def cargar(convocatoria: Convocatoria, funcionario: Funcionario, texto: str) -> list[Cargada]:
    """Pone las marcas de un CSV. Si una fila no se entiende no se pone ninguna; repetir el archivo no cambia nada.

    Lo que choca con otra marca no la borra: quedan las dos a la vista hasta que alguien decida. Error: NominaMala.
    """
    leidas = nomina.marcas(texto, lambda escrita: _hora(escrita, convocatoria))
    _exigir_de_esta_convocatoria(leidas, convocatoria)
    return [_poner(marca, convocatoria, funcionario) for _, marca in leidas]


def _exigir_de_esta_convocatoria(leidas: tuple[tuple[int, Marca], ...], convocatoria: Convocatoria) -> None:
    conocidos = {p.folio for p in montaje().almacen.cola(convocatoria.id)}
    fallas = [
        nomina.Falla(fila, "folio", "Ese folio no es de esta convocatoria. Revisa las ocho letras y números.")
        for fila, marca in leidas
        if marca.folio not in conocidos
    ]
    if fallas:
        raise nomina.NominaMala(*fallas[: nomina.FALLAS_QUE_SE_MUESTRAN])


def _poner(marca: Marca, convocatoria: Convocatoria, funcionario: Funcionario) -> Cargada:
    return con_reintentos(lambda: _intentar(marca, convocatoria, funcionario))


def _intentar(marca: Marca, convocatoria: Convocatoria, funcionario: Funcionario) -> Cargada:
    postulacion = montaje().almacen.postulacion(marca.folio)
    assert postulacion is not None
    que = efecto(postulacion, marca)
    if que is Efecto.SIN_PUESTO:
        return Cargada(marca.folio, que, "No tiene un puesto en esta convocatoria.")
    if que is Efecto.CHOCA:
        return _guardar_choque(marca, convocatoria, funcionario, "Ya tenía la marca contraria.")
    if que is Efecto.APLICA:
        try:
            marcar(postulacion, convocatoria, funcionario, marca)
        except Rechazo as rechazo:
            return _guardar_choque(marca, convocatoria, funcionario, f"{rechazo.titulo}.")
    else:
        # Traer otra vez la marca que vale resuelve el choque, igual que ponerla a mano.
        montaje().almacen.borrar_hoja(CHOQUE, convocatoria.id, marca.folio)
    return Cargada(marca.folio, que)


def _guardar_choque(marca: Marca, convocatoria: Convocatoria, funcionario: Funcionario, por_que: str) -> Cargada:
    """La marca que no se puso se guarda aparte, con quién la trajo: nadie la pierde por cerrar la página."""
    cuerpo = bitacora.firma(funcionario) | {
        "asistio": marca.asistio,
        "hora": marca.hora.isoformat() if marca.hora else "",
        "por_que": por_que,
    }
    hoja = Hoja(CHOQUE, convocatoria.id, marca.folio, cuerpo, expira=conservar_hasta(convocatoria))
    anterior = montaje().almacen.hoja(CHOQUE, convocatoria.id, marca.folio)
    if anterior is None or _dice_otra_cosa(anterior, cuerpo):
        montaje().almacen.guardar_hoja(hoja if anterior is None else replace(hoja, version=anterior.version + 1))
    return Cargada(marca.folio, Efecto.CHOCA, por_que)


def _dice_otra_cosa(anterior: Hoja, cuerpo: dict[str, Any]) -> bool:
    return any(anterior.cuerpo[campo] != cuerpo[campo] for campo in ("asistio", "hora", "por_que"))


def choques(convocatoria: Convocatoria) -> list[dict[str, Any]]:
    """Las marcas que no se pusieron y esperan que alguien decida."""
    return [
        {
            "folio": hoja.llave,
            "folio_texto": folios.mostrar(hoja.llave),
            "asistio": "si" if hoja.cuerpo["asistio"] else "no",
            "hora_texto": fecha_hora_larga(datetime.fromisoformat(h)) if (h := hoja.cuerpo["hora"]) else "",
            "por_que": hoja.cuerpo["por_que"],
            **bitacora.firmada(hoja.cuerpo),
        }
        for hoja in montaje().almacen.hojas(CHOQUE, convocatoria.id)
    ]


def _hora(escrita: str, convocatoria: Convocatoria) -> datetime:
    """`10:35` de hoy, o del único día de la actividad, o `2027-01-15T10:35`. Error: ValueError con qué escribir."""
    ahora = montaje().ahora()
    try:
        leida = _con_su_dia(escrita, convocatoria, ahora)
    except ValueError as error:
        raise ValueError(_COMO_SE_ESCRIBE) from error
    if leida is None:
        raise ValueError("La actividad dura varios días: escribe también cuál, como 2027-01-15T10:35.")
    if leida > ahora + RELOJ_ADELANTADO:
        raise ValueError("Esa hora todavía no llega: revísala.")
    if leida < inicio_del_dia(convocatoria.actividad_inicio):
        raise ValueError("Esa hora es de antes de la actividad: revísala.")
    return min(leida, ahora)


_COMO_SE_ESCRIBE = "Escribe la hora como 10:35, o con su día como 2027-01-15T10:35."


def _con_su_dia(escrita: str, convocatoria: Convocatoria, ahora: datetime) -> datetime | None:
    if "T" in escrita:
        leida = datetime.fromisoformat(escrita)
        return leida if leida.tzinfo else leida.replace(tzinfo=CHILE)
    hora = time.fromisoformat(escrita.zfill(5))
    if convocatoria.actividad_inicio == convocatoria.actividad_termino:
        return datetime.combine(convocatoria.actividad_inicio, hora, CHILE)
    return datetime.combine(fecha_en_chile(ahora), hora, CHILE) if convocatoria.en_su_dia(ahora) else None
