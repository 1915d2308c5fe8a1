"""Ingresar: alguien de la oficina escribe una postulación que llegó en papel, con las mismas reglas del formulario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from funciones.adaptadores.almacen import RutTomado
from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio import rut
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.plazo import CHILE
from funciones.dominio.postulacion import (
    PRESENCIAL,
    SIN_RUT,
    Adjunto,
    Estado,
    Persona,
    Postulacion,
    nacimiento_presencial,
    transitar,
)
from funciones.entrada.acceso import aplicar, con_reintentos
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida, exigir_abierta
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.oficina import mis_datos
from funciones.tramite import envio, expediente, formulario, presencial
from funciones.tramite.presencial import Papel
from funciones.tramite.respuestas import Pregunta, RespuestaMala, canonizar, preguntas_para, revisar
from funciones.tramite.vista import ESTADO_EN_PALABRAS, de_convocatoria

ROLES = ("evaluador", "nacional", "administrador")
LARGO_DEL_DOMICILIO = 200
_YA_HAY_OTRA = "La oficina comprueba quién postula por este RUT"


def preparar(solicitud: Solicitud) -> Respuesta:
    """Lo que hay que preguntar y pedir en esa convocatoria, y si todavía recibe. Error: 404 si es de otra región."""
    convocatoria = _convocatoria(solicitud.consulta.get("convocatoria", ""), exigir_rol(solicitud, *ROLES))
    publicado = montaje().horneado
    return Respuesta(
        {
            "convocatoria": convocatoria.id,
            "nombre": convocatoria.nombre,
            "demostracion": convocatoria.demostracion,
            "cierre_texto": fecha_hora_larga(convocatoria.cierre),
            "por_que_no": _por_que_no(convocatoria),
            "preguntas": [_pregunta(p) for p in preguntas_para(convocatoria, publicado)],
            "documentos": [_documento(d) for d in convocatoria.documentos],
            "comunas": [
                f"{nombre}, {region}" for region, suyas in publicado.comunas_por_region() for _, nombre in suyas
            ],
            "tope_mb": expediente.tope_bytes(publicado, convocatoria) // expediente.MEGA,
        }
    )


def consultar_rut(solicitud: Solicitud) -> Respuesta:
    """Antes de escribir todo: si ese RUT ya está en la fila y qué dice de él «Mis Datos». El RUT va en el cuerpo."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "convocatoria", "rut")
    convocatoria = _convocatoria(solicitud.texto("convocatoria"), funcionario)
    canonico = _rut(solicitud.texto("rut"), convocatoria)
    huella = montaje().llavero.huella_rut(canonico)
    iguales = (p for p in montaje().almacen.cola(convocatoria.id) if p.huella_rut == huella)
    return Respuesta(
        {
            "rut_texto": rut.mostrar(canonico),
            "en_la_fila": [
                {
                    "folio": p.folio,
                    "folio_texto": folios.mostrar(p.folio),
                    "estado": str(p.estado),
                    "estado_texto": ESTADO_EN_PALABRAS[p.estado],
                    "tiene_el_rut": p.estado not in SIN_RUT,
                }
                for p in iguales
            ],
            "mis_datos": mis_datos.para_mostrar(huella),
        }
    )


def ingresar(solicitud: Solicitud) -> Respuesta:
    """Guarda la postulación en papel y la pone en la fila con la hora de ahora; repetirlo no crea otra.

    Errores: 409 si la convocatoria no recibe; 422 con lo que falta, por campo.
    """
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "convocatoria", "clave", "respuestas", "documentos", "en_papel", "recibido", "domicilio")
    convocatoria = _convocatoria(solicitud.texto("convocatoria"), funcionario)
    clave = solicitud.texto("clave")
    if not formulario.CLAVE.fullmatch(clave):
        raise Rechazo("falta_clave")
    escritas, adjuntos, papel = _leer(solicitud, convocatoria, funcionario)
    persona = Persona(funcionario.id, funcionario.rol, papel.oficina)
    postulacion = _guardar(convocatoria, clave, escritas, adjuntos, papel, persona)
    presencial.anotar(postulacion, papel, convocatoria)
    final = con_reintentos(lambda: _poner_en_la_fila(postulacion.folio, convocatoria, persona, papel))
    presencial.conservar(final.folio, convocatoria)
    # Quién la ingresó, para las cuentas; de la persona, nada.
    registro.info("ingreso_presencial", extra={"convocatoria": convocatoria.id, "funcionario": funcionario.id})
    return Respuesta(_comprobante(final, convocatoria, papel))


def _convocatoria(pedida: str, funcionario: Funcionario) -> Convocatoria:
    convocatoria = convocatoria_pedida(montaje().horneado, pedida)
    if not funcionario.alcanza(convocatoria):
        raise Rechazo("convocatoria_no_existe")
    return convocatoria


def _por_que_no(convocatoria: Convocatoria) -> str:
    """Por qué ya no se puede ingresar nada en ella; vacío si se puede."""
    try:
        _exigir_que_reciba(convocatoria)
    except Rechazo as rechazo:
        return str(rechazo.mensaje)
    return ""


def _exigir_que_reciba(convocatoria: Convocatoria) -> None:
    exigir_abierta(convocatoria, montaje().ahora())
    tope = convocatoria.postulaciones_maximas
    if tope is not None and convocatoria.llena(montaje().almacen.cuantas(convocatoria.id)):
        raise Rechazo("tope_de_postulaciones", convocatoria=convocatoria.id)


def _pregunta(pregunta: Pregunta) -> dict[str, Any]:
    return {
        "clave": pregunta.clave,
        "titulo": pregunta.titulo,
        "ayuda": pregunta.ayuda,
        "tipo": pregunta.tipo,
        "bloque": pregunta.bloque,
        "opciones": [{"valor": valor, "texto": texto} for valor, texto in pregunta.opciones],
        "obligatoria": pregunta.obligatoria and pregunta.tipo != "correo",
        "largo_maximo": pregunta.largo_maximo,
        "tipos_persona": list(pregunta.tipos_persona),
    }


def _documento(pedido: DocumentoPedido) -> dict[str, Any]:
    return {
        "documento": pedido.documento,
        "titulo": pedido.titulo,
        "obligatorio": pedido.obligatorio,
        "tipos_persona": list(pedido.tipos_persona),
    }


def _rut(escrito: str, convocatoria: Convocatoria) -> str:
    pregunta = next(p for p in preguntas_para(convocatoria, montaje().horneado) if p.tipo == "rut")
    try:
        return canonizar(pregunta, escrito, montaje().horneado)
    except RespuestaMala as mala:
        raise Rechazo("respuestas_por_corregir", campos={"rut": str(mala)}) from mala


def _leer(
    solicitud: Solicitud, convocatoria: Convocatoria, funcionario: Funcionario
) -> tuple[dict[str, str], dict[str, Adjunto], Papel]:
    """Lo escrito, lo subido y lo visto en papel, revisado todo junto. Error: Rechazo 422 con cada cosa por corregir."""
    respuestas = solicitud.campos.get("respuestas")
    if not isinstance(respuestas, dict):
        raise Rechazo("solicitud_mal_formada")
    subidos, vistos = _lista(solicitud, "documentos"), _lista(solicitud, "en_papel")
    pedidos = {nombre: expediente.documento_pedido(convocatoria, nombre) for nombre in (*subidos, *vistos)}
    tipo_persona = str(respuestas.get("tipo_persona", ""))
    suyas = presencial.preguntas(convocatoria, montaje().horneado, tipo_persona)
    sobran = sorted(set(respuestas) - {p.clave for p in suyas})
    if sobran:
        raise Rechazo("campo_desconocido", campos={sobran[0][:60]: "Esta pregunta no le toca. Quita su respuesta."})
    escritas, errores = revisar(suyas, respuestas, montaje().horneado)
    adjuntos, defectos = _examinar(convocatoria, solicitud.texto("clave"), [pedidos[n] for n in subidos])
    domicilio = " ".join(solicitud.texto("domicilio").split())
    recibido, timbre = _recibido(solicitud.texto("recibido"), convocatoria)
    # En el orden de la página, que es el del resumen de errores.
    errores = timbre | errores | _sin_como_avisar(escritas, domicilio)
    errores |= _faltan(convocatoria, tipo_persona, {*adjuntos, *vistos}) | defectos
    if errores or recibido is None:
        raise Rechazo("respuestas_por_corregir", campos=errores)
    oficina = str(montaje().horneado.oficina(convocatoria.oficina)["nombre"])
    sin_copia = tuple(nombre for nombre in vistos if nombre not in adjuntos)
    return escritas, adjuntos, Papel(recibido, sin_copia, domicilio, funcionario.id, oficina)


def _lista(solicitud: Solicitud, campo: str) -> list[str]:
    lista = solicitud.campos.get(campo, [])
    if not isinstance(lista, list) or any(not isinstance(uno, str) for uno in lista) or len(set(lista)) < len(lista):
        raise Rechazo("solicitud_mal_formada")
    return lista


def _examinar(
    convocatoria: Convocatoria, clave: str, pedidos: Sequence[DocumentoPedido]
) -> tuple[dict[str, Adjunto], dict[str, str]]:
    """Los archivos que sirven, y por cada uno que no, qué le pasa."""
    llave, tope = montaje().llavero.huella_borrador(clave), expediente.tope_bytes(montaje().horneado, convocatoria)
    adjuntos: dict[str, Adjunto] = {}
    defectos: dict[str, str] = {}
    for pedido in pedidos:
        lugar = expediente.llave_cuarentena(llave, pedido.documento)
        visto = expediente.revisar(montaje().deposito, lugar, pedido, tope)
        if isinstance(visto, ProblemaDeArchivo):
            defectos[pedido.documento] = expediente.explicar(visto, pedido, tope)
        else:
            adjuntos[pedido.documento] = visto
    return adjuntos, defectos


def _sin_como_avisar(escritas: Mapping[str, str], domicilio: str) -> dict[str, str]:
    """Sin correo hace falta otra forma de avisarle: todo resultado se notifica."""
    if len(domicilio) > LARGO_DEL_DOMICILIO:
        return {"domicilio": f"Acórtalo: caben {LARGO_DEL_DOMICILIO} caracteres."}
    if escritas.get("correo") or escritas.get("telefono") or domicilio or "correo" not in escritas:
        return {}
    return {"domicilio": "Sin correo ni teléfono, escribe el domicilio: ahí llega la carta con el resultado."}


def _faltan(convocatoria: Convocatoria, tipo_persona: str, traidos: set[str]) -> dict[str, str]:
    return {
        pedido.documento: f"Sube {pedido.titulo} o marca que lo viste en papel."
        for pedido in convocatoria.documentos_de(tipo_persona)
        if pedido.obligatorio and pedido.documento not in traidos
    }


def _recibido(escrito: str, convocatoria: Convocatoria) -> tuple[datetime | None, dict[str, str]]:
    """`2026-11-23T09:40`, hora de Chile → instante; nunca después de ahora ni antes de que abriera."""
    try:
        leido = datetime.fromisoformat(escrito)
        recibido = (leido if leido.tzinfo else leido.replace(tzinfo=CHILE)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None, {"recibido": "Escribe el día y la hora del timbre, como 2026-11-23 09:40."}
    if "T" not in escrito and " " not in escrito:
        return None, {"recibido": "Falta la hora del timbre, como 09:40."}
    if recibido > montaje().ahora():
        return None, {"recibido": "Esa hora aún no llega: revisa el timbre."}
    if recibido < convocatoria.apertura:
        return None, {"recibido": f"La convocatoria abrió el {fecha_hora_larga(convocatoria.apertura)}."}
    return recibido, {}


def _guardar(
    convocatoria: Convocatoria,
    clave: str,
    escritas: dict[str, str],
    adjuntos: dict[str, Adjunto],
    papel: Papel,
    persona: Persona,
) -> Postulacion:
    """La escribe, o encuentra la misma si el envío se repite. Errores: 409 si no recibe o la clave traía otra cosa."""
    huella = envio.huella(convocatoria, clave, escritas, adjuntos)
    previa = envio.enviado(convocatoria, clave)
    if previa is not None:
        return envio.el_mismo(previa, huella)
    _exigir_que_reciba(convocatoria)
    regla = montaje().horneado.reglamento(convocatoria).version
    for intento in range(envio.INTENTOS_FOLIO):
        folio = montaje().llavero.folio(convocatoria.id, clave, intento)
        nueva = Postulacion(
            folio=folio,
            convocatoria=convocatoria.id,
            estado=Estado.POR_CONFIRMAR,
            version=1,
            llego=montaje().ahora(),
            huella=huella,
            huella_rut=montaje().llavero.huella_rut(escritas["rut"]),
            datos=escritas,
            version_formulario=montaje().horneado.version_formulario("postulacion"),
            adjuntos=expediente.archivar(montaje().deposito, folio, adjuntos),
            canal=PRESENCIAL,
        )
        registrada = nacimiento_presencial(nueva, persona, regla, presencial.en_palabras(papel, convocatoria))
        guardada = montaje().almacen.recibir(nueva, registrada, None)
        if guardada.huella.split(".")[0] == huella.split(".")[0]:
            return envio.el_mismo(guardada, huella)
    raise Rechazo("servicio_caido")


def _poner_en_la_fila(folio: str, convocatoria: Convocatoria, persona: Persona, papel: Papel) -> Postulacion:
    """La pone en la fila con la hora en que se ingresó: nadie pasa delante de quien ya estaba.

    Si el RUT ya está en la fila queda retenida, como en línea: la segunda no se rechaza, la mira una persona.
    """
    antes = montaje().almacen.postulacion(folio)
    assert antes is not None
    if antes.estado is not Estado.POR_CONFIRMAR:
        return antes
    try:
        return _mover(antes, Estado.RECIBIDA, presencial.en_palabras(papel, convocatoria), convocatoria, persona)
    except RutTomado:
        return _mover(antes, Estado.RETENIDA, _YA_HAY_OTRA, convocatoria, persona)


def _mover(antes: Postulacion, a: Estado, motivo: str, convocatoria: Convocatoria, persona: Persona) -> Postulacion:
    ahora, regla = montaje().ahora(), montaje().horneado.reglamento(convocatoria).version
    paso = transitar(antes, a, persona.actor, ahora, motivo=motivo, version_regla=regla, turno=ahora)
    aplicar((paso,), convocatoria)
    return paso.despues


def _comprobante(postulacion: Postulacion, convocatoria: Convocatoria, papel: Papel) -> dict[str, Any]:
    """Lo que se imprime y se lleva la persona."""
    publicado, datos = montaje().horneado, postulacion.datos
    nombres = {d.documento: d.titulo for d in convocatoria.documentos}
    preguntas = presencial.preguntas(convocatoria, publicado, datos["tipo_persona"])
    return {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.secreto(postulacion.folio),
        "estado": str(postulacion.estado),
        "estado_texto": ESTADO_EN_PALABRAS[postulacion.estado],
        "retenida": postulacion.estado is Estado.RETENIDA,
        "nombre": datos["nombre"],
        "correo": datos.get("correo", ""),
        "recibido_texto": fecha_hora_larga(papel.recibido),
        "ingresada_texto": "" if postulacion.turno is None else fecha_hora_larga(postulacion.turno),
        "atendio": papel.atendio,
        "huella": postulacion.huella.split(".")[1],
        "documentos": [
            *(
                {"titulo": nombres.get(a.documento, a.documento), "tamano": a.tamano, "huella": a.huella}
                for a in postulacion.adjuntos
            ),
            *(
                {"titulo": titulo, "tamano": None, "huella": ""}
                for titulo in presencial.titulos(papel.en_papel, convocatoria)
            ),
        ],
        "respuestas": [
            {"titulo": p.titulo, "texto": p.mostrar(datos[p.clave], publicado)} for p in preguntas if p.clave in datos
        ],
        "convocatoria": de_convocatoria(convocatoria, publicado),
        "consultar_url": f"{montaje().url_portal}/api/consultar",
    }


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Las rutas del ingreso en la oficina."""
    return atender(
        event,
        {
            "GET /api/mesa/ingresos": preparar,
            "POST /api/mesa/ingresos/consulta": consultar_rut,
            "POST /api/mesa/ingresos": ingresar,
        },
    )
