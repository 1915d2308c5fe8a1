"""Consultar: la página de estado con folio y código, y los cupos vivos de una convocatoria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.avisos import correo_leido
from funciones.dominio import exhibicion, sala
from funciones.dominio import folio as folios
from funciones.dominio.antivirus import Antivirus
from funciones.dominio.candidata import EN_REVISION, LISTAS
from funciones.dominio.convocatoria import Convocatoria, EstadoConvocatoria, Situacion
from funciones.dominio.estado import OCUPAN_CUPO
from funciones.dominio.postulacion import SE_RECURREN, TRANSICIONES, Aviso, Estado, Papel, Postulacion, Transicion
from funciones.ejecucion import lugares
from funciones.entrada import recurso
from funciones.entrada.acceso import convocatoria_de, por_codigo
from funciones.entrada.errores import Rechazo
from funciones.entrada.publicado import convocatoria_pedida
from funciones.entrada.solicitud import Respuesta, Solicitud, atender, registro, solo_campos
from funciones.tramite import compromiso, correccion, egreso, expediente, pedidos, plazos, ruta, sigue
from funciones.tramite.respuestas import preguntas_de
from funciones.tramite.vista import ESTADO_EN_PALABRAS, TERMINADAS, de_convocatoria, de_correo, enlaces

SEGUNDOS_CUPOS = 60
# Si la función se cae, CloudFront sigue dando la última cifra hasta por un día; lleva su hora en «al».
SEGUNDOS_SIN_RESPUESTA = 86_400
# La oficina todavía puede pedir otro archivo; el que no se alcanzó a archivar nadie lo abre.
SE_MIRAN_SUS_PAPELES = frozenset({Estado.RETENIDA, Estado.RECIBIDA, Estado.EN_CORRECCION})
# Lo que puede hacer el postulante y la acción con que lo pide.
ACCIONES = {Estado.CONFIRMADA: "aceptar", Estado.DECLINADA: "declinar", Estado.RETIRADA: "retirar"}


def pedir(solicitud: Solicitud) -> Respuesta:
    """La página que pide folio y código; el enlace del correo los trae en el fragmento."""
    return Respuesta({"campos": {}}, "consultar")


def consultar(solicitud: Solicitud) -> Respuesta:
    """Dónde va la postulación, qué sigue y qué puede hacer la persona."""
    solo_campos(solicitud, "folio", "codigo", "correo", "carta")
    postulacion = por_codigo(solicitud, montaje().llavero.secreto)
    if solicitud.texto("correo"):
        return correo_leido.leer(postulacion, solicitud.texto("correo"))
    if solicitud.texto("carta"):
        return _carta(postulacion)
    return pagina_de_estado(postulacion.folio)


def _carta(postulacion: Postulacion) -> Respuesta:
    """La carta de compromiso sola, para imprimirla. Error: 404 si no la pide o todavía no le toca."""
    convocatoria = convocatoria_de(postulacion)
    carta = compromiso.para_mostrar(postulacion, convocatoria)
    if carta is None:
        raise Rechazo("no_existe")
    cuerpo = {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.secreto(postulacion.folio),
        "convocatoria": de_convocatoria(convocatoria, montaje().horneado),
        "carta": carta,
    }
    return Respuesta(cuerpo, "carta")


def pagina_de_estado(
    folio: str,
    *,
    recien_confirmada: bool = False,
    errores: Mapping[str, str] | None = None,
    escritas: Mapping[str, str] | None = None,
) -> Respuesta:
    """La página de estado, releída del almacén para que muestre lo que de verdad quedó.

    Con `errores` (campo → qué corregir) es un 422 que conserva lo escrito.
    """
    postulacion = montaje().almacen.postulacion(folio)
    assert postulacion is not None
    convocatoria = convocatoria_de(postulacion)
    escritas = correccion.escritas(postulacion, montaje().ahora()) if escritas is None else escritas
    transiciones = montaje().almacen.transiciones(folio)
    correo = de_correo(postulacion, convocatoria, transiciones, montaje())
    falta = egreso.falta(postulacion, convocatoria)
    cuerpo = correo | {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "codigo": montaje().llavero.secreto(postulacion.folio),
        "estado": str(postulacion.estado),
        "estado_texto": _en_palabras(postulacion, falta),
        **ruta.de(transiciones, convocatoria, montaje().horneado.oficina(convocatoria.oficina)["nombre"]),
        "terminada": postulacion.estado in TERMINADAS,
        "sigue": [p._asdict() for p in sigue.de(postulacion.estado, convocatoria, correo, falta, montaje().ahora())],
        "falta": list(falta),
        "carta": compromiso.para_mostrar(postulacion, convocatoria),
        "recien_confirmada": recien_confirmada,
        "acciones": _acciones(postulacion, convocatoria),
        "detenida": _detenida(convocatoria),
        "respuestas": _respuestas(postulacion, convocatoria),
        "infectados": _infectados(postulacion, convocatoria),
        "documentos": [{"nombre": a.nombre, "tamano": a.tamano, "huella": a.huella} for a in postulacion.adjuntos],
        # Una nota más o una abstención no mueven la postulación: son asunto de la mesa.
        "historia": [
            {"cuando": t.cuando, "estado": str(t.a), "estado_texto": ESTADO_EN_PALABRAS[t.a]}
            for t in transiciones
            if t.de is not t.a
        ],
        "avisos": [_aviso(a) for a in montaje().almacen.avisos(folio)],
        "correos_de_cambios": correo_leido.de_cambios(postulacion),
        "encuesta": _enlace_encuesta(postulacion),
        "enlace_virtual": _enlace_virtual(postulacion, convocatoria),
        "lugar": _lugar(postulacion, convocatoria),
        "empezo": convocatoria.empezo(montaje().ahora()),
        "puede_exhibir": exhibicion.puede_exhibir(postulacion.estado, convocatoria.componente),
        "correccion": _correccion(postulacion, convocatoria, escritas),
        "pedido": _pedido(transiciones),
        "largo_recurso": recurso.LARGO,
        "puede_recurrir": _puede_recurrir(transiciones, convocatoria),
        "campos": dict(errores or {}),
        "escritas": dict(escritas),
    }
    return Respuesta(cuerpo, "estado", 422 if errores else 200)


def _en_palabras(postulacion: Postulacion, falta: tuple[str, ...]) -> str:
    """El estado; a quien ya respondió la encuesta no se le dice que le falta."""
    if falta == (egreso.CARTA,):
        return "Participaste: falta la carta de compromiso"
    return ESTADO_EN_PALABRAS[postulacion.estado]


def _puede_recurrir(transiciones: tuple[Transicion, ...], convocatoria: Convocatoria) -> bool:
    if transiciones[-1].a not in SE_RECURREN:
        return False
    return not plazos.paso_el_de_recurrir(transiciones, convocatoria, montaje().horneado, montaje().ahora())


def _aviso(aviso: Aviso) -> dict[str, object]:
    return {
        "id": aviso.id,
        "estado_texto": ESTADO_EN_PALABRAS[aviso.estado],
        "creado": aviso.creado,
        "enviado": None if aviso.rechazado else aviso.enviado,
        "rechazado": aviso.rechazado,
    }


def _pedido(transiciones: tuple[Transicion, ...]) -> str | None:
    """Lo último que se pidió corregir, con las palabras de quien lo pidió."""
    pedidos = [t.motivo for t in transiciones if t.a is Estado.EN_CORRECCION]
    return pedidos[-1] if pedidos else None


def _detenida(convocatoria: Convocatoria) -> dict[str, str] | None:
    """Si la convocatoria está suspendida o cancelada, cuál de las dos y por qué; None si sigue en pie."""
    if convocatoria.situacion is Situacion.VIGENTE:
        return None
    return {"situacion": str(convocatoria.situacion), "motivo": convocatoria.motivo_situacion}


def _acciones(postulacion: Postulacion, convocatoria: Convocatoria) -> list[str]:
    posibles = TRANSICIONES[postulacion.estado]
    acciones = [accion for a, accion in ACCIONES.items() if Papel.POSTULANTE in posibles.get(a, frozenset())]
    if convocatoria.situacion is not Situacion.VIGENTE:
        # No hay cupo que aceptar ni dejar: solo queda retirarse.
        return [accion for accion in acciones if accion == "retirar"]
    # Con un cupo en la mano, «dejar el cupo» dice lo mismo que «retirar» y con mejores palabras.
    return [accion for accion in acciones if accion != "retirar" or "declinar" not in acciones]


def _correccion(
    postulacion: Postulacion, convocatoria: Convocatoria, escritas: Mapping[str, str]
) -> dict[str, object] | None:
    """Lo que hay que corregir: cada documento con su subida y cada respuesta con su campo; None si no hay nada."""
    if postulacion.estado is not Estado.EN_CORRECCION:
        return None
    publicado, nuevos = montaje().horneado, correccion.subidos(postulacion, convocatoria)
    documentos = pedidos.documentos(postulacion, convocatoria)
    preguntas = pedidos.preguntas(postulacion, convocatoria, publicado)
    return {
        "con_nombre": bool(postulacion.correcciones),
        "largo_nota": correccion.LARGO_NOTA,
        "motivo": pedidos.motivo_general(postulacion),
        "documentos": [
            {
                "documento": d.documento,
                "titulo": d.titulo,
                "nuevo": d.documento in nuevos,
                "texto": pedidos.que_hacer(postulacion, f"{pedidos.DOCUMENTO}{d.documento}"),
            }
            for d in documentos
        ],
        "preguntas": [
            {
                "pregunta": asdict(p),
                "valor": escritas.get(p.clave, p.en_su_campo(postulacion.datos.get(p.clave, ""), publicado)),
                "texto": pedidos.que_hacer(postulacion, f"{pedidos.RESPUESTA}{p.clave}"),
            }
            for p in preguntas
        ],
        "comunas": publicado.comunas_por_region() if any(p.tipo == "comuna" for p in preguntas) else (),
    }


def _infectados(postulacion: Postulacion, convocatoria: Convocatoria) -> list[dict[str, object]]:
    """Los documentos ya enviados en que el antivirus encontró algo; `se_sube`: ya se puede reemplazar aquí mismo."""
    if postulacion.estado not in SE_MIRAN_SUS_PAPELES:
        return []
    malos = {a.documento for a in postulacion.adjuntos if expediente.estado_de(a) is Antivirus.INFECTADO}
    if not malos:
        return []
    corrige = postulacion.estado is Estado.EN_CORRECCION
    se_suben = {d.documento for d in pedidos.documentos(postulacion, convocatoria)} if corrige else set()
    malos -= set(correccion.subidos(postulacion, convocatoria)) if corrige else set()
    return [
        {"titulo": d.titulo, "sitio": d.sitio, "se_sube": d.documento in se_suben}
        for d in convocatoria.documentos
        if d.documento in malos
    ]


def _respuestas(postulacion: Postulacion, convocatoria: Convocatoria) -> list[dict[str, str]]:
    publicado = montaje().horneado
    return [
        {"titulo": p.titulo, "texto": p.mostrar(postulacion.datos.get(p.clave, ""), publicado)}
        for p in preguntas_de(publicado, "postulacion", convocatoria)
        if p.clave in postulacion.datos
    ]


def _enlace_encuesta(postulacion: Postulacion) -> str | None:
    if postulacion.estado not in {Estado.PARTICIPO, Estado.EGRESADA}:
        return None
    return enlaces(postulacion, montaje())["enlace_encuesta"]


def _enlace_virtual(postulacion: Postulacion, convocatoria: Convocatoria) -> dict[str, str] | None:
    """Por dónde entra quien tiene su cupo; `enlace` vacío si la mesa todavía no lo guarda. None si no le toca."""
    if not sala.lo_ve(postulacion.estado, convocatoria, montaje().ahora()):
        return None
    return {"enlace": montaje().almacen.sala(convocatoria.id) or "", "modalidad": str(convocatoria.modalidad)}


def _lugar(postulacion: Postulacion, convocatoria: Convocatoria) -> str:
    """Su puesto o su mesa en el plano; vacío si no tiene o si ya no va."""
    va = postulacion.estado in OCUPAN_CUPO and convocatoria.situacion is Situacion.VIGENTE
    return lugares.de(convocatoria, postulacion.folio) if va else ""


def cupos(solicitud: Solicitud) -> Respuesta:
    """Los cupos ahora: totales, asignados, en revisión y en espera. Se puede guardar un minuto: no es personal."""
    convocatoria = convocatoria_pedida(montaje().horneado, solicitud.camino.get("id", ""))
    cupo = montaje().almacen.cupo(convocatoria.id, convocatoria.cupos, convocatoria.espera_maxima)
    cuenta = Counter(p.estado for p in montaje().almacen.cola(convocatoria.id))
    ahora, recibidas = montaje().ahora(), sum(cuenta.values())
    llena = convocatoria.recibe(ahora) and convocatoria.llena(recibidas)
    cuerpo = {
        "convocatoria": convocatoria.id,
        "estado": str(EstadoConvocatoria.CERRADA if llena else convocatoria.estado(ahora, cupo)),
        "cupos": cupo.cupos,
        "asignados": cupo.asignados,
        "en_revision": sum(cuenta[e] for e in EN_REVISION | LISTAS),
        "espera": cupo.espera,
        "fuente": "ahora",
        "espera_maxima": cupo.espera_maxima,
        "recibidas": recibidas,
        "postulaciones_maximas": convocatoria.postulaciones_maximas,
        "al": ahora.isoformat(),
    }
    if not recibidas:
        cuerpo |= _segun_las_actas(convocatoria)
    guardar = f"public, max-age={SEGUNDOS_CUPOS}, stale-if-error={SEGUNDOS_SIN_RESPUESTA}"
    return Respuesta(cuerpo, cabeceras={"cache-control": guardar})


def _segun_las_actas(convocatoria: Convocatoria) -> dict[str, object]:
    """Si aquí no llegó ninguna postulación y hay actas publicadas, lo que ellas dicen: un cero sería falso."""
    publicado = montaje().horneado.resultados(convocatoria.id)
    if publicado is None:
        return {}
    asignados, espera = publicado["seleccionadas"], publicado["espera"]
    return {"asignados": asignados, "espera": espera, "fuente": "actas", "al": publicado["al"]}


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """GET y POST /api/consultar, y GET /api/convocatorias/{id}/cupos."""
    return atender(
        event,
        {
            "GET /api/consultar": pedir,
            "POST /api/consultar": consultar,
            "GET /api/convocatorias/{id}/cupos": cupos,
        },
    )
