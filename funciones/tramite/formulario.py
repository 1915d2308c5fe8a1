"""El recorrido del formulario: qué página sigue, cuál es la anterior y qué lleva cada una."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import Montaje, montaje
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.postulacion import Adjunto
from funciones.dominio.recordatorio import ofrece_recordar
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Respuesta
from funciones.tramite import expediente
from funciones.tramite.respuestas import Pregunta, RespuestaMala, canonizar, por_bloque, preguntas_del_formulario
from funciones.tramite.vista import de_convocatoria

REVISAR = "revisar"
# No se ve en la página: lo llena un programa. A una persona, si su navegador lo llenó solo, se le muestra y se le dice.
TRAMPA = "dejar_en_blanco"
CON_TRAMPA = "Deja en blanco este campo y envía otra vez: sirve para reconocer a los programas."
# La clave del envío: al menos 128 bits al azar, en base64 de dirección.
CLAVE = re.compile(r"[A-Za-z0-9_\-]{22,64}")
_LARGO_MARCA = 16
# Lo que dura un borrador y la galleta con que este navegador vuelve a él.
HORAS_BORRADOR = 24
# Nace al mirar la primera página y solo dice que este navegador guarda galletas; se va al cerrarlo.
PRUEBA = "galletas"


def marca(clave: str) -> str:
    """El principio de la huella del borrador: distingue dos borradores en la dirección, y no es secreto."""
    return montaje().llavero.huella_borrador(clave)[:_LARGO_MARCA]


def nombre_de_galleta(marca_borrador: str) -> str:
    """Una galleta por borrador: dos pestañas no se mezclan."""
    return f"borrador-{marca_borrador}"


def galleta(clave: str) -> str:
    """Para volver al borrador, también desde el depósito: no la lee ningún guion y dura lo que el borrador."""
    return f"{nombre_de_galleta(marca(clave))}={clave}; Max-Age={HORAS_BORRADOR * 3600}; {_atributos()}"


def galleta_gastada(clave: str) -> str:
    """La borra: ese borrador ya se envió, o la persona lo dejó."""
    return f"{nombre_de_galleta(marca(clave))}=; Max-Age=0; {_atributos()}"


def galleta_de_prueba() -> str:
    """Si vuelve con la primera respuesta, cada página puede tener su propia dirección."""
    return f"{PRUEBA}=si; {_atributos()}"


def direccion(recorrido: Recorrido, clave: str, paso: str, *, vuelve: bool) -> str:
    """La de un paso de este borrador. No lleva la clave: quien la abra sin la galleta no ve nada."""
    consulta = {"convocatoria": recorrido.convocatoria.id, "borrador": marca(clave), "paso": paso}
    return f"/api/postular?{urlencode(consulta | ({'vuelve': REVISAR} if vuelve else {}))}"


def _direccion_sin_reenvio(recorrido: Recorrido, clave: str, paso: str, *, vuelve: bool) -> str:
    """La que toma una página con errores, que contesta a un envío; sin nada guardado aún, la de empezar."""
    if recorrido.respuestas:
        return direccion(recorrido, clave, paso, vuelve=vuelve)
    return f"/api/postular?{urlencode({'convocatoria': recorrido.convocatoria.id})}"


def _atributos() -> str:
    segura = "; Secure" if montaje().url_portal.startswith("https:") else ""
    return f"HttpOnly; SameSite=Lax; Path=/api{segura}"


class Recorrido:
    """Las páginas que le tocan a esta persona, según lo que ya respondió."""

    def __init__(self, publicado: Horneado, convocatoria: Convocatoria, respuestas: Mapping[str, str]) -> None:
        self.publicado, self.convocatoria, self.respuestas = publicado, convocatoria, dict(respuestas)
        self.tipo_persona = str(respuestas.get("tipo_persona", ""))
        self.todas = preguntas_del_formulario(convocatoria, publicado)
        self.preguntas = tuple(p for p in self.todas if p.rige_para(self.tipo_persona, convocatoria.componente))
        self.documentos = convocatoria.documentos_de(self.tipo_persona) if self.tipo_persona else ()
        self.primero = self.todas[0].clave

    @property
    def pasos(self) -> tuple[str, ...]:
        """Preguntas, documentos y la revisión final; la declaración se marca al revisar."""
        preguntas = tuple(p.clave for p in self.preguntas if p.tipo != "casilla")
        documentos = tuple(f"{expediente.PREFIJO}{d.documento}" for d in self.documentos)
        return (*preguntas, *documentos, REVISAR)

    def pregunta(self, paso: str) -> Pregunta | None:
        """La pregunta de ese paso; None si es un documento o la revisión."""
        return next((p for p in self.preguntas if p.clave == paso), None)

    def documento(self, paso: str) -> DocumentoPedido | None:
        """El documento de ese paso; None si es una pregunta o la revisión."""
        return next((d for d in self.documentos if f"{expediente.PREFIJO}{d.documento}" == paso), None)

    @property
    def adjuntos(self) -> dict[str, Adjunto]:
        """Los archivos ya revisados que a esta persona se le piden; los de otro tipo de persona no cuentan."""
        pedidos = {d.documento for d in self.documentos}
        guardados = expediente.adjuntos_de(self.respuestas)
        return {documento: adjunto for documento, adjunto in guardados.items() if documento in pedidos}

    @property
    def donde_iba(self) -> str:
        """La primera página que todavía no tiene respuesta, ni en blanco."""
        return next((paso for paso in self.pasos if paso not in self.respuestas), REVISAR)

    @property
    def respondidas(self) -> int:
        """Cuántas de sus preguntas ya contestó."""
        return sum(1 for pregunta in self.preguntas if self.respuestas.get(pregunta.clave))

    def anterior(self, paso: str) -> str:
        """La página de antes; la primera se queda en sí misma."""
        return self.pasos[max(self._indice(paso) - 1, 0)]

    def siguiente(self, paso: str, revisando: bool) -> str:
        """La que sigue. Al cambiar una respuesta desde la revisión, lo primero que falte o la revisión misma."""
        if revisando:
            return next((p for p in self.pasos if self._falta(p)), REVISAR)
        return self.pasos[min(self._indice(paso) + 1, len(self.pasos) - 1)]

    def _indice(self, paso: str) -> int:
        if paso not in self.pasos:
            raise Rechazo("solicitud_mal_formada")
        return self.pasos.index(paso)

    def _falta(self, paso: str) -> bool:
        pregunta, documento = self.pregunta(paso), self.documento(paso)
        obligatorio = pregunta.obligatoria if pregunta else bool(documento and documento.obligatorio)
        return obligatorio and not self.respuestas.get(paso)

    def responder(self, paso: str, escrito: str, montado: Montaje, llave: str) -> tuple[dict[str, str], str]:
        """Lo que hay que guardar de este paso, o el error en palabras."""
        self._indice(paso)
        pedido = self.documento(paso)
        if pedido is not None:
            return self._responder_documento(pedido, montado, llave)
        pregunta = self.pregunta(paso)
        if pregunta is None:
            return {}, ""
        try:
            return {paso: canonizar(pregunta, escrito, self.publicado)}, ""
        except RespuestaMala as mala:
            return {}, str(mala)

    def _responder_documento(self, pedido: DocumentoPedido, montado: Montaje, llave: str) -> tuple[dict[str, str], str]:
        tope = expediente.tope_bytes(self.publicado, self.convocatoria)
        visto = expediente.revisar(montado.deposito, expediente.llave_cuarentena(llave, pedido.documento), pedido, tope)
        if not isinstance(visto, ProblemaDeArchivo):
            return expediente.anotar(visto), ""
        if visto is ProblemaDeArchivo.FALTA and not pedido.obligatorio:
            return {}, ""
        return {}, expediente.explicar(visto, pedido, tope)


def pagina(
    recorrido: Recorrido,
    clave: str,
    paso: str,
    *,
    error: str = "",
    escrito: str | None = None,
    errores: Mapping[str, str] | None = None,
    vuelve: bool = False,
    recien_subido: Adjunto | None = None,
    reuso: Mapping[str, object] | None = None,
    sigue: bool = False,
) -> Respuesta:
    """La página de un paso: pregunta, documento o revisión. `reuso`: cómo va traer un documento de otra postulación.

    `sigue`: la persona vuelve a un borrador que dejó a medias.
    """
    comun = {
        "convocatoria": de_convocatoria(recorrido.convocatoria, recorrido.publicado),
        "clave": clave,
        "paso": paso,
        "numero": recorrido.pasos.index(paso) + 1 if paso in recorrido.pasos else 1,
        "total": len(recorrido.pasos),
        # Cuántas preguntas y documentos le tocan depende de quién postula.
        "se_sabe_el_total": bool(recorrido.tipo_persona),
        "error": error,
        "direccion": _direccion_sin_reenvio(recorrido, clave, paso, vuelve=vuelve),
        "trampa": TRAMPA,
        "vuelve": vuelve,
        "es_primero": paso == recorrido.primero,
        "sigue": sigue,
        "respondidas": recorrido.respondidas,
        "horas_borrador": HORAS_BORRADOR,
        "recuerda_el_cierre": ofrece_recordar(recorrido.convocatoria, montaje().ahora()),
    }
    estado = 422 if error or errores else 200
    if paso == REVISAR:
        return Respuesta(comun | _revision(recorrido, errores or {}), "revisar", estado)
    pedido = recorrido.documento(paso)
    if pedido is not None:
        contexto = comun | _documento(recorrido, pedido, clave) | {"reuso": dict(reuso or {})}
        if recien_subido is not None:
            contexto["adjunto"] = recien_subido
        contexto["del_antivirus"] = expediente.aviso_del_antivirus(contexto["adjunto"]) if contexto["adjunto"] else ""
        return Respuesta(contexto, "documento", estado, (galleta(clave),))
    pregunta = recorrido.pregunta(paso)
    if pregunta is None:
        raise Rechazo("solicitud_mal_formada")
    guardada = recorrido.respuestas.get(pregunta.clave, "")
    contexto = comun | {
        "pregunta": pregunta,
        "escrito": pregunta.en_su_campo(guardada, recorrido.publicado) if escrito is None else escrito,
        "campos": {paso: error} if error else dict(errores or {}),
        "comunas": recorrido.publicado.comunas_por_region(),
    }
    return Respuesta(contexto, "pregunta", estado)


def _revision(recorrido: Recorrido, errores: Mapping[str, str]) -> dict[str, object]:
    adjuntos = recorrido.adjuntos
    return {
        "bloques": por_bloque(tuple(p for p in recorrido.preguntas if p.tipo != "casilla")),
        "textos": {
            p.clave: p.mostrar(recorrido.respuestas.get(p.clave, ""), recorrido.publicado) for p in recorrido.preguntas
        },
        "documentos": [{"pedido": d, "adjunto": adjuntos.get(d.documento)} for d in recorrido.documentos],
        "declaracion": next((p for p in recorrido.preguntas if p.tipo == "casilla"), None),
        "campos": errores,
    }


def _documento(recorrido: Recorrido, pedido: DocumentoPedido, clave: str) -> dict[str, object]:
    llave = montaje().llavero.huella_borrador(clave)
    propio = {"convocatoria": recorrido.convocatoria.id, "documento": pedido.documento}
    retorno = f"/api/adjuntar?{urlencode({**propio, 'borrador': marca(clave)})}"
    tope = expediente.tope_bytes(recorrido.publicado, recorrido.convocatoria)
    return {
        "pedido": pedido,
        "adjunto": recorrido.adjuntos.get(pedido.documento),
        **expediente.subida(
            expediente.llave_cuarentena(llave, pedido.documento), retorno, {**propio, "clave": clave}, tope
        ),
    }
