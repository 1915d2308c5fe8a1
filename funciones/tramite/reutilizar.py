"""Traer un documento de otra postulación del mismo RUT, mientras el certificado siga dentro de sus días."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from funciones.adaptadores.deposito import ObjetoAusente, ObjetoCambiado
from funciones.adaptadores.montaje import montaje
from funciones.dominio.antivirus import Antivirus
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.fechas import fecha_larga
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import Adjunto
from funciones.dominio.vigencia import Vigencia, ultimo_dia, vigencia
from funciones.entrada.acceso import por_codigo
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida, exigir_abierta
from funciones.entrada.solicitud import Respuesta, Solicitud, solo_campos
from funciones.tramite import expediente, formulario
from funciones.tramite.canonicas import dia_escrito

ACCION = "reutilizar"
CAMPOS = ("otro_folio", "otro_codigo", "emitido")
# La misma respuesta para todo lo que no calza: no dice si el folio existe ni de quién es.
_NO_CALZA = "No encontramos ese documento para tu RUT. Revisa el folio y el código, o súbelo desde tu equipo."
_SIN_ANTIVIRUS = "Ese documento todavía no pasa el antivirus. Súbelo desde tu equipo."
_CAMBIO = "No pudimos traer ese documento. Súbelo desde tu equipo."


@dataclass(frozen=True)
class _Pedido:
    """Lo que se pide traer, y para qué borrador."""

    recorrido: formulario.Recorrido
    documento: DocumentoPedido
    llave: str
    huella_rut: str

    @property
    def convocatoria(self) -> Convocatoria:
        return self.recorrido.convocatoria


def reutilizar(solicitud: Solicitud) -> Respuesta:
    """Copia el documento al borrador y lo muestra como recién subido; si no se puede, dice por qué junto al campo."""
    solo_campos(solicitud, "convocatoria", "clave", "paso", "vuelve", "documento", "accion", *CAMPOS)
    clave = solicitud.texto("clave")
    pedido = _pedido(solicitud, clave)
    otro, errores = _de_la_otra(solicitud, pedido)
    de_la_fecha, aviso = _de_la_fecha(solicitud.texto("emitido"), pedido)
    errores |= de_la_fecha
    traido = None if errores or otro is None else _traer(otro, pedido)
    if traido is None:
        errores = errores or {"otro_folio": _CAMBIO}
    vuelve = solicitud.texto("vuelve") == formulario.REVISAR
    # El código es un secreto: no vuelve a la página.
    escritas = {campo: solicitud.texto(campo) for campo in ("otro_folio", "emitido")}
    reuso = {"errores": errores, "escritas": escritas} if errores else {"aviso": aviso}
    paso = f"{expediente.PREFIJO}{pedido.documento.documento}"
    return formulario.pagina(pedido.recorrido, clave, paso, recien_subido=traido, reuso=reuso, vuelve=vuelve)


def _pedido(solicitud: Solicitud, clave: str) -> _Pedido:
    """Errores: Rechazo si no hay borrador con su RUT, la convocatoria no recibe o no pide ese documento."""
    convocatoria, ahora = convocatoria_pedida(montaje().horneado, solicitud.texto("convocatoria")), montaje().ahora()
    exigir_abierta(convocatoria, ahora)
    llave = montaje().llavero.huella_borrador(clave)
    borrador = montaje().almacen.borrador(llave, ahora) if formulario.CLAVE.fullmatch(clave) else None
    if borrador is None or borrador.convocatoria != convocatoria.id or not borrador.respuestas.get("rut"):
        raise Rechazo("borrador_no_existe")
    recorrido = formulario.Recorrido(montaje().horneado, convocatoria, borrador.respuestas)
    documento = recorrido.documento(f"{expediente.PREFIJO}{solicitud.texto('documento')}")
    if documento is None:
        raise Rechazo("campo_desconocido", campos={"documento": "Esta convocatoria no te pide ese documento."})
    return _Pedido(recorrido, documento, llave, montaje().llavero.huella_rut(borrador.respuestas["rut"]))


def _de_la_fecha(escrito: str, pedido: _Pedido) -> tuple[dict[str, str], str]:
    """El error de la fecha, o lo que conviene saber aunque sirva. Sin plazo de vigencia no se pregunta."""
    dias = pedido.documento.vigencia_dias
    if dias is None:
        return {}, ""
    emitido = dia_escrito(escrito)
    if emitido is None:
        return {"emitido": "Escribe el día, el mes y el año que muestra el certificado. Por ejemplo, 3/11/2026."}, ""
    hoy, cierre = fecha_en_chile(montaje().ahora()), fecha_en_chile(pedido.convocatoria.cierre)
    return _segun_vigencia(vigencia(emitido, dias, hoy, cierre), ultimo_dia(emitido, dias), dias)


def _segun_vigencia(cual: Vigencia, ultimo: date, dias: int) -> tuple[dict[str, str], str]:
    if cual is Vigencia.DEL_FUTURO:
        return {"emitido": "Esa fecha todavía no llega. Escribe la que muestra el certificado."}, ""
    if cual is Vigencia.VENCIDO:
        texto = f"Ese certificado ya tiene más de {dias} días: sirvió hasta el {fecha_larga(ultimo)}. Saca uno nuevo."
        return {"emitido": texto}, ""
    vence_antes = cual is Vigencia.VENCE_ANTES
    return {}, f"Sirve hasta el {fecha_larga(ultimo)}: envía tu postulación antes." if vence_antes else ""


def _de_la_otra(solicitud: Solicitud, pedido: _Pedido) -> tuple[Adjunto | None, dict[str, str]]:
    """El mismo documento en la otra postulación, si es del mismo RUT y está limpio; si no, el error."""
    otra = Solicitud(
        ruta=solicitud.ruta,
        campos={"folio": solicitud.texto("otro_folio"), "codigo": solicitud.texto("otro_codigo")},
        consulta={},
        camino={},
        galletas={},
        quiere_html=True,
        es_json=False,
    )
    try:
        postulacion = por_codigo(otra, montaje().llavero.secreto)
    except Rechazo:
        return None, {"otro_folio": _NO_CALZA}
    mismo = montaje().llavero.iguales(postulacion.huella_rut, pedido.huella_rut)
    suyo = next((a for a in postulacion.adjuntos if a.documento == pedido.documento.documento), None)
    if not mismo or suyo is None:
        return None, {"otro_folio": _NO_CALZA}
    if expediente.estado_de(suyo) is not Antivirus.LIMPIO:
        return None, {"otro_folio": _SIN_ANTIVIRUS}
    return suyo, {}


def _traer(otro: Adjunto, pedido: _Pedido) -> Adjunto | None:
    """Lo copia como si lo acabara de subir; None si ya no es el mismo archivo.

    Se revisa antes de copiar: si no sirve, lo que la persona ya había subido sigue en su lugar.
    """
    deposito, tope = montaje().deposito, expediente.tope_bytes(montaje().horneado, pedido.convocatoria)
    objeto = deposito.examinar(otro.llave)
    visto = expediente.revisar(deposito, otro.llave, pedido.documento, tope)
    if objeto is None or not isinstance(visto, Adjunto) or visto.huella != otro.huella:
        return None
    destino = expediente.llave_cuarentena(pedido.llave, pedido.documento.documento)
    try:
        deposito.copiar(otro.llave, destino, objeto.version)
    except (ObjetoAusente, ObjetoCambiado):
        return None
    return replace(visto, llave=destino)
