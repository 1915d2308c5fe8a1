"""Contactar: la lista de quienes no reciben correo, su carta para imprimir y lo que la oficina hizo por avisarles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from funciones import notificar
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.avisos import contactos
from funciones.avisos.contactos import CAUSA_EN_PALABRAS, RESULTADOS, Causa
from funciones.avisos.superados import superados
from funciones.dominio import folio as folios
from funciones.dominio.ciegas import a_ciegas
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga, fecha_larga
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.entrada.acceso import convocatoria_de
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.oficina import bandeja_derechos
from funciones.tramite import presencial
from funciones.tramite.plazos import corregir_hasta, oferta_hasta, recurrir_hasta
from funciones.tramite.vista import ESTADO_EN_PALABRAS, de_convocatoria

ROLES = ("evaluador", "operador", "nacional", "administrador")
LARGO_DE_LA_NOTA = 300
# En la carta no va el código: quien la imprime no tiene por qué verlo.
EN_TU_COMPROBANTE = "(está en tu comprobante)"


def listar(solicitud: Solicitud) -> Respuesta:
    """Quienes falta contactar, primero a quien se le acaba un plazo, y después quienes ya lo saben."""
    funcionario = exigir_rol(solicitud, *ROLES)
    filas = [
        (hoja, postulacion, convocatoria)
        for convocatoria in _convocatorias(funcionario)
        for hoja in _por_avisar(convocatoria)
        if _puede_verla(hoja, funcionario)
        for postulacion in [montaje().almacen.postulacion(hoja.cuerpo["folio"])]
        if postulacion is not None
    ]
    filas.sort(key=lambda fila: _urgencia(*fila))
    return Respuesta({"contactos": [_renglon(*fila) for fila in filas]})


def anotar(solicitud: Solicitud) -> Respuesta:
    """Suma lo que se hizo para avisarle. Errores: 404, 409 si otra persona anotó mientras tanto, 422 si falta algo."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "medio", "resultado", "nota", "version")
    hoja, postulacion, convocatoria = _pedida(solicitud, funcionario)
    medio, resultado = solicitud.texto("medio"), solicitud.texto("resultado")
    nota = " ".join(solicitud.texto("nota").split())
    if medio not in RESULTADOS or resultado not in RESULTADOS[medio]:
        raise Rechazo("respuestas_por_corregir", campos={"resultado": "Elige qué hiciste y qué pasó."})
    if len(nota) > LARGO_DE_LA_NOTA:
        raise Rechazo("respuestas_por_corregir", campos={"nota": f"Acórtala: caben {LARGO_DE_LA_NOTA} caracteres."})
    if solicitud.campos.get("version") != hoja.version:
        raise Rechazo("cambio_entre_medio", version=hoja.version)
    intento = {
        "cuando": montaje().ahora().isoformat(),
        "quien": funcionario.id,
        "rol": funcionario.rol,
        "oficina": str(montaje().horneado.oficina(convocatoria.oficina)["nombre"]),
        "medio": medio,
        "resultado": resultado,
        "nota": nota,
    }
    return Respuesta(_renglon(contactos.intentar(hoja, intento), postulacion, convocatoria))


def carta(solicitud: Solicitud) -> Respuesta:
    """Lo mismo que decía el correo, para imprimir y mandar. Errores: 404; 409 mientras se califica a ciegas."""
    hoja, postulacion, convocatoria = _pedida(solicitud, exigir_rol(solicitud, *ROLES))
    if a_ciegas(convocatoria, postulacion):
        raise Rechazo("esta_a_ciegas")
    asunto, texto = _lo_que_decia(hoja, postulacion)
    papel = presencial.papel_de(postulacion)
    cuerpo = {
        "asunto": asunto,
        "texto": _en_papel(_sin_codigo(texto, postulacion.folio)),
        "nombre": postulacion.datos["nombre"],
        "representante": postulacion.datos.get("representante", ""),
        "domicilio": papel.domicilio if papel else "",
        "comuna": _comuna(postulacion),
        "fecha_texto": fecha_larga(fecha_en_chile(montaje().ahora())),
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
    }
    return Respuesta(cuerpo)


def _convocatorias(funcionario: Funcionario) -> Iterator[Convocatoria]:
    publicado = montaje().horneado
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        if convocatoria is not None and funcionario.alcanza(convocatoria):
            yield convocatoria


def _por_avisar(convocatoria: Convocatoria) -> Iterator[Hoja]:
    """Sin las que quedaron atrás: nadie tiene que llamar por algo que ya cambió. Lo que se supo sigue a la vista."""
    hojas = contactos.de_la_convocatoria(convocatoria)
    atras = superados(hojas)
    return (hoja for hoja in hojas if hoja.llave not in atras or contactos.lo_sabe(hoja))


def _pedida(solicitud: Solicitud, funcionario: Funcionario) -> tuple[Hoja, Postulacion, Convocatoria]:
    """La anotación de ese aviso, si es de lo que alcanza quien pregunta; si no, 404 como si no existiera."""
    id_aviso = solicitud.camino.get("aviso", "")
    folio = folios.normalizar(id_aviso.partition(".")[0])
    postulacion = montaje().almacen.postulacion(folio) if folio else None
    if postulacion is None:
        raise Rechazo("no_existe")
    convocatoria = convocatoria_de(postulacion)
    hoja = montaje().almacen.hoja(contactos.CLASE, convocatoria.id, id_aviso)
    if hoja is None or not funcionario.alcanza(convocatoria) or not _puede_verla(hoja, funcionario):
        raise Rechazo("no_existe")
    return hoja, postulacion, convocatoria


def _puede_verla(hoja: Hoja, funcionario: Funcionario) -> bool:
    """Lo que alguien pide sobre sus datos, y su respuesta, lo ve solo quien responde por ellos."""
    return not hoja.llave.startswith(f"{hoja.cuerpo['folio']}.derecho.") or funcionario.rol in bandeja_derechos.ROLES


def _lo_que_decia(hoja: Hoja, postulacion: Postulacion) -> tuple[str, str]:
    """El asunto y el texto del correo. Error: 409 si era el de confirmar, que prueba que la dirección es suya."""
    if "texto" in hoja.cuerpo:
        return hoja.cuerpo["asunto"], hoja.cuerpo["texto"]
    aviso = next((a for a in montaje().almacen.avisos(postulacion.folio) if a.id == hoja.llave), None)
    if aviso is None or aviso.estado is Estado.POR_CONFIRMAR:
        raise Rechazo("accion_imposible")
    asunto, texto, _ = notificar.redactado(aviso, postulacion)
    return asunto, texto


def _sin_codigo(texto: str, folio: str) -> str:
    llavero = montaje().llavero
    for codigo in (llavero.secreto(folio), llavero.codigo_encuesta(folio), llavero.codigo_confirmacion(folio)):
        texto = texto.replace(f"#folio={folio}&codigo={codigo}", "").replace(codigo, EN_TU_COMPROBANTE)
    return texto


def _en_papel(texto: str) -> str:
    """Quien lee una carta no tiene un correo que responder ni que guardar: tiene la carta."""
    return texto.replace("Este correo", "Esta carta").replace("este correo", "esta carta")


def _comuna(postulacion: Postulacion) -> str:
    comuna = montaje().horneado.comunas.get(postulacion.datos.get("comuna", ""))
    return f"{comuna['nombre']}, {montaje().horneado.region(comuna['region'])}" if comuna else ""


def _vence(hoja: Hoja, postulacion: Postulacion, convocatoria: Convocatoria) -> datetime | None:
    """Hasta cuándo tiene para hacer algo, si ese aviso se lo pide: aceptar, corregir o pedir otra revisión."""
    if "estado" not in hoja.cuerpo:
        return None
    historia, publicado = montaje().almacen.transiciones(postulacion.folio), montaje().horneado
    if postulacion.estado is Estado.OFRECIDA:
        return oferta_hasta(postulacion, convocatoria, publicado)
    return corregir_hasta(historia, convocatoria, publicado) or recurrir_hasta(historia, convocatoria, publicado)


def _urgencia(hoja: Hoja, postulacion: Postulacion, convocatoria: Convocatoria) -> tuple[bool, bool, str, str]:
    vence = None if contactos.lo_sabe(hoja) else _vence(hoja, postulacion, convocatoria)
    cuando = vence.isoformat() if vence else hoja.cuerpo["desde"]
    return contactos.lo_sabe(hoja), vence is None, cuando, hoja.llave


def _renglon(hoja: Hoja, postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, Any]:
    oculto, estado = a_ciegas(convocatoria, postulacion), hoja.cuerpo.get("estado")
    vence = _vence(hoja, postulacion, convocatoria)
    return {
        "aviso": hoja.llave,
        "version": hoja.version,
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "nombre": "" if oculto else postulacion.datos["nombre"],
        "telefono": "" if oculto else postulacion.datos.get("telefono", ""),
        "comuna": "" if oculto else _comuna(postulacion),
        "a_ciegas": oculto,
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "demostracion": convocatoria.demostracion,
        "estado_texto": ESTADO_EN_PALABRAS[Estado(estado)] if estado else hoja.cuerpo["asunto"],
        "causa_texto": CAUSA_EN_PALABRAS[Causa(hoja.cuerpo["causa"])],
        "desde_texto": fecha_hora_larga(datetime.fromisoformat(hoja.cuerpo["desde"])),
        "vence_texto": "" if vence is None else fecha_hora_larga(vence),
        "lo_sabe": contactos.lo_sabe(hoja),
        "notificada_texto": contactos.notificada_texto(hoja, convocatoria),
        "con_carta": estado != Estado.POR_CONFIRMAR and not oculto,
        "intentos": [contactos.intento_en_palabras(i) for i in hoja.cuerpo["intentos"]],
    }


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Las rutas de quienes hay que contactar."""
    return atender(
        event,
        {
            "GET /api/mesa/contactos": listar,
            "POST /api/mesa/contactos/{aviso}": anotar,
            "GET /api/mesa/contactos/{aviso}/carta": carta,
        },
    )
