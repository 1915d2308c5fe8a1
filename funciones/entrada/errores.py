"""La única tabla de error a respuesta: código, estado HTTP y palabras en español."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Texto(NamedTuple):
    """Estado HTTP, título y qué hacer."""

    estado: int
    titulo: str
    mensaje: str


TEXTOS: Mapping[str, Texto] = {
    "solicitud_mal_formada": Texto(
        400,
        "No entendimos lo que llegó",
        "El envío llegó cortado o con otro formato. Vuelve a la página y envíalo de nuevo.",
    ),
    "campo_desconocido": Texto(400, "Llegó un campo que no existe", "Quita el campo que sobra y envía de nuevo."),
    "falta_clave": Texto(
        400, "Falta la clave del envío", "Empieza desde la página de la convocatoria: ahí se crea la clave de tu envío."
    ),
    "sin_ficha": Texto(401, "Tienes que entrar", "Tu sesión terminó. Entra otra vez a la mesa."),
    # 404 y no 403: la distribución cambia todo 403 (el del depósito del portal) por su página de «no existe».
    "sin_permiso": Texto(404, "No puedes hacer esto", "Tu rol no permite esta acción. Pídela a quien administra."),
    "no_existe": Texto(
        404, "No encontramos esa postulación", "Revisa el folio y el código: están en tu comprobante y en tu correo."
    ),
    "suscripcion_no_existe": Texto(
        404,
        "Este enlace ya no sirve",
        "Puede que haya vencido, o que no esté entero. Si quieres recibir avisos, pídelos de nuevo.",
    ),
    "cambio_de_avisos_vencido": Texto(
        409,
        "Este cambio venció",
        "Tus avisos siguen como antes. Si quieres cambiarlos, pídelo de nuevo.",
    ),
    "convocatoria_no_existe": Texto(
        404, "No encontramos esa convocatoria", "Búscala en la lista de convocatorias del portal."
    ),
    "acta_no_existe": Texto(404, "No encontramos esa acta", "Búscala en la lista de actas de la convocatoria."),
    "convocatoria_cerrada": Texto(
        409, "Esta convocatoria ya cerró", "No quedó guardado nada. Mira otras convocatorias abiertas en el portal."
    ),
    "tope_de_postulaciones": Texto(
        409,
        "Ya llegaron todas las postulaciones que se pueden revisar",
        "Esta convocatoria recibe un número fijo y se completó. No quedó guardado nada. Mira otras en el portal.",
    ),
    "convocatoria_no_abre": Texto(
        409, "Esta convocatoria todavía no abre", "Vuelve en la fecha de apertura. Mientras, junta tus documentos."
    ),
    "convocatoria_suspendida": Texto(
        409,
        "Esta convocatoria está detenida",
        "Por ahora no recibe postulaciones. La página de la convocatoria dice por qué.",
    ),
    "clave_usada": Texto(
        409,
        "Ya enviaste esta postulación",
        "Con esta misma clave llegaron antes otras respuestas. Tu folio sigue valiendo y nada cambió.",
    ),
    "borrador_no_existe": Texto(
        409,
        "Tu borrador ya no está",
        "Si ya enviaste, tu folio está en el correo que te mandamos. Si no, empieza de nuevo: se guarda 24 horas.",
    ),
    "enlace_vencido": Texto(
        409,
        "El enlace venció",
        "Pasó el plazo para confirmar tu correo. Puedes postular de nuevo si la convocatoria sigue abierta.",
    ),
    "oferta_vencida": Texto(
        409, "El plazo para responder terminó", "El cupo pasó a la siguiente empresa de la lista de espera."
    ),
    "recurso_sin_definir": Texto(
        409,
        "Todavía no se le puede decir que no a nadie",
        "Falta publicar cómo y en qué plazo se pide otra revisión. Avisa a quien administra los parámetros.",
    ),
    "recurso_vencido": Texto(
        409,
        "El plazo para pedir otra revisión terminó",
        "Si no pudiste a tiempo, llama o escribe a la oficina de tu región y cuenta por qué.",
    ),
    "carta_cambio": Texto(
        409,
        "La carta cambió mientras la leías",
        "No quedó aceptada. Vuelve a tu postulación, lee cómo quedó y acéptala.",
    ),
    "derechos_sin_confirmar": Texto(
        409,
        "Primero confirma tu correo",
        "Sin confirmar, tus datos se borran solos en dos días. Así nadie pide cosas en tu nombre.",
    ),
    "demasiados_pedidos": Texto(
        409,
        "Ya hiciste muchos pedidos",
        "Para pedir algo más, acércate a la oficina de tu región y di tu folio.",
    ),
    "derecho_no_existe": Texto(404, "No encontramos ese pedido", "Vuelve a la bandeja y ábrelo desde ahí."),
    "derecho_respondido": Texto(409, "Ese pedido ya tiene respuesta", "Otra persona lo respondió. Mira qué le dijo."),
    "prorroga_imposible": Texto(
        409,
        "El plazo de ese pedido no se alarga",
        "Se alarga una sola vez, antes de que venza, y nunca el de un bloqueo. Respóndelo.",
    ),
    "recurso_vacio": Texto(
        422, "Falta contar qué quieres que revisemos", "Escribe qué está mal y por qué, y envía otra vez."
    ),
    "misma_persona": Texto(
        409,
        "Este recurso lo resuelve otra persona",
        "Tú ya le dijiste que no a esta postulación. Pídele a otra persona que lo resuelva.",
    ),
    "la_calificaste": Texto(
        409, "Este recurso lo resuelve otra persona", "Tú le pusiste nota. Pídele a otra persona que lo resuelva."
    ),
    "accion_imposible": Texto(
        409, "Eso ya no se puede hacer", "La postulación cambió de estado. Mira cómo está ahora."
    ),
    "rut_tomado": Texto(
        409, "Ese RUT ya está en la fila", "Otra postulación confirmada tiene este RUT. Decide primero sobre ella."
    ),
    "actividad_empezo": Texto(
        409, "La actividad ya empezó", "El cupo ya no se puede aceptar ni dejar aquí. Avisa a la oficina de tu región."
    ),
    "cambio_entre_medio": Texto(
        409, "Alguien la cambió mientras la mirabas", "Tu cambio no se guardó. Mira cómo quedó y decide otra vez."
    ),
    "te_abstuviste": Texto(
        409,
        "Te abstuviste en esta postulación",
        "Declaraste un conflicto de interés: decide otra persona.",
    ),
    "te_corrigieron": Texto(
        409,
        "Aquí decide otra persona",
        "Otra persona acogió un recurso contra lo que decidiste: sobre los requisitos decide otra persona.",
    ),
    "viste_el_nombre": Texto(
        409,
        "Ya sabes de quién es",
        "Aquí se califica a ciegas y tú revisaste sus requisitos. Califica otra persona.",
    ),
    "esta_a_ciegas": Texto(
        409,
        "Se califica a ciegas",
        "Los documentos dicen de quién es. Se abren cuando termine la calificación.",
    ),
    "documento_revisando": Texto(
        409,
        "El antivirus todavía lo revisa",
        "Suele tardar menos de un minuto. Vuelve a abrirlo en un rato.",
    ),
    "documento_infectado": Texto(
        409,
        "El archivo trae un programa dañino",
        "No se puede abrir. Pide que suban otro con «Pedir corrección».",
    ),
    "documento_no_revisado": Texto(
        409,
        "El antivirus no pudo revisarlo",
        "Sin esa revisión no se abre. Pide que suban otro con «Pedir corrección».",
    ),
    "pauta_completa": Texto(
        409,
        "Ya están todas las notas",
        "Ya calificaron todas las personas que pide la convocatoria.",
    ),
    "acta_cambiada": Texto(
        409,
        "El acta de la selección no es la que se escribió",
        "Alguien cambió o cortó su archivo. No se aplicó nada. Pide a quien administra que recupere el original.",
    ),
    "sin_cupo": Texto(409, "No queda cupo", "Los cupos cambiaron mientras trabajabas. Vuelve a simular."),
    "falta_revisar": Texto(
        409, "Faltan postulaciones por revisar", "Con puntaje se elige entre todas. Revisa y califica las que faltan."
    ),
    "aun_abierta": Texto(409, "La convocatoria sigue abierta", "Con puntaje se elige después del cierre."),
    "vitrina_no_corresponde": Texto(
        409,
        "Por ahora no puedes tener ficha en el catálogo",
        "La ficha es para quien tiene un puesto o participó en una feria, un evento o un catálogo del programa.",
    ),
    "vitrina_imposible": Texto(
        409, "Eso ya no se puede hacer", "La ficha cambió mientras la mirabas. Mira cómo quedó y decide otra vez."
    ),
    "comprobante_anterior": Texto(
        409,
        "Ya no es lo mismo que enviaste",
        "Corregiste algo después de enviar. Lo que hay ahora está en la página de tu postulación.",
    ),
    "recordatorio_tarde": Texto(
        409,
        "Ya no alcanza el recordatorio",
        "Te avisaríamos dos días antes del cierre, y ya no quedan, o no se puede postular. Anota la fecha.",
    ),
    "muchos_recordatorios": Texto(
        429,
        "Hay demasiados pedidos en esta hora",
        "No lo anotamos. Espera una hora y pídelo otra vez, o agrega el cierre a tu calendario.",
    ),
    "producto_no_existe": Texto(404, "No encontramos ese producto", "Vuelve a tu ficha y elígelo en la lista."),
    "vitrina_no_existe": Texto(404, "No encontramos esa ficha", "Vuelve a la lista de fichas y ábrela desde ahí."),
    "correccion_vencida": Texto(
        409, "El plazo para corregir terminó", "Escribe a la oficina de tu región: puede volver a abrirla."
    ),
    "correccion_vacia": Texto(
        422, "Falta lo que corregiste", "Sube el documento que te pidieron o explica qué cambió, y envía otra vez."
    ),
    "encuesta_no_corresponde": Texto(
        409, "Todavía no puedes responder esta encuesta", "Se abre cuando la oficina registra tu participación."
    ),
    "datos_olvidados": Texto(
        409,
        "Los datos de ese año ya se borraron",
        "Pasó el plazo para guardarlos. Lo publicado de ese año queda como está.",
    ),
    "encuesta_cerrada": Texto(
        409, "La encuesta ya cerró", "El plazo para responder terminó. Si algo cambió, cuéntalo a la oficina."
    ),
    "actividad_no_empieza": Texto(
        409, "La actividad todavía no empieza", "La asistencia se anota desde el primer día de la actividad."
    ),
    "actividad_cerrada": Texto(
        409,
        "La actividad ya se cerró",
        "No cambia nada más. Si hay que corregir algo, la oficina puede abrirla otra vez con su razón.",
    ),
    "falta_para_cerrar": Texto(409, "Todavía no se puede cerrar", "Mira qué falta y ciérrala después."),
    "puesto_tomado": Texto(
        409,
        "Su puesto ya lo tomó otra empresa",
        "Se la marcó como que no llegó y se dio su puesto a quien seguía. Ya no queda otro libre.",
    ),
    "sin_puesto_libre": Texto(
        409, "No hay ningún puesto libre", "Marca primero a quienes no llegaron: su puesto queda libre."
    ),
    "va_antes": Texto(
        409, "Otra empresa va antes", "Sigue el orden de la lista. Si quien va antes no está, márcalo y sigue."
    ),
    "no_es_el_dia": Texto(
        409, "No es día de la actividad", "Los reemplazos en la puerta se hacen los días de la actividad."
    ),
    "no_se_invita": Texto(
        409, "Esta convocatoria no recibe postulaciones", "Se invita solo mientras está abierta y en pie."
    ),
    "sin_cofinanciamiento": Texto(
        409, "Aquí la empresa no aporta", "Esta convocatoria no se cofinancia: no hay aporte que anotar."
    ),
    "es_presencial": Texto(
        409,
        "La actividad es presencial",
        "No tiene enlace para entrar: se llega al lugar de la convocatoria.",
    ),
    "rendicion_pendiente": Texto(
        409,
        "Tiene rendiciones pendientes",
        "Según la nómina cargada, no puede participar. Si ya rindió, carga la nómina al día.",
    ),
    "respuestas_por_corregir": Texto(422, "Hay respuestas por corregir", "Corrige lo marcado y envía otra vez."),
    "nomina_por_corregir": Texto(
        422, "El archivo no se cargó", "No quedó guardado nada. Corrige las filas que se indican y cárgalo de nuevo."
    ),
    "falta_motivo": Texto(
        422, "Falta la razón", "Toda decisión lleva su razón escrita: la persona tiene derecho a leerla."
    ),
    "nota_fuera_de_escala": Texto(
        422, "Hay una nota por corregir", "Pon una nota dentro de la escala en cada criterio."
    ),
    "faltan_documentos": Texto(
        422, "Faltan documentos", "Sube lo que falta y envía otra vez: lo demás quedó guardado."
    ),
    "muchos_envios": Texto(
        429,
        "Ya recibimos varias postulaciones así",
        "Espera una hora y envía otra vez, o postula en la oficina de tu región.",
    ),
    "servicio_caido": Texto(
        503,
        "No pudimos guardar, o no alcanzamos a saberlo",
        "No sabemos si quedó guardado, y no es tu culpa. "
        "Espera unos minutos y envía otra vez lo mismo: si ya estaba, no se duplica.",
    ),
    "falla": Texto(
        500,
        "Algo falló de nuestro lado",
        "Ya quedó anotado para revisarlo. Espera unos minutos y envía otra vez lo mismo: no se duplica.",
    ),
}


class Rechazo(Exception):
    """Lo pedido no se puede hacer; `codigo` elige estado y palabras en la tabla."""

    def __init__(self, codigo: str, campos: Mapping[str, str] | None = None, **extra: Any) -> None:
        super().__init__(codigo)
        texto = TEXTOS[codigo]
        self.codigo, self.estado, self.titulo = codigo, texto.estado, texto.titulo
        self.mensaje = extra.pop("mensaje", texto.mensaje)
        self.campos: Mapping[str, str] = campos or {}
        self.extra = extra


# Por nombre y no por clase: así esta tabla no obliga a importar adaptadores que el verbo no usa.
_DE_EXCEPCION: Mapping[str, str] = {
    "AlmacenNoResponde": "servicio_caido",
    "DepositoNoResponde": "servicio_caido",
    "CorreoNoResponde": "servicio_caido",
    "PublicacionNoResponde": "servicio_caido",
    "HorneadoAusente": "servicio_caido",
    "Conflicto": "cambio_entre_medio",
    "SinCupo": "sin_cupo",
    "ActaCambiada": "acta_cambiada",
    "ActaIlegible": "acta_cambiada",
    "TransicionImposible": "accion_imposible",
    "VitrinaImposible": "vitrina_imposible",
    "MotivoFaltante": "falta_motivo",
    "DenegacionSinPersona": "sin_permiso",
}


def rechazo_de(error: Exception) -> Rechazo:
    """El rechazo que corresponde a cualquier excepción; la desconocida es «falla»."""
    if isinstance(error, Rechazo):
        return error
    return Rechazo(_DE_EXCEPCION.get(type(error).__name__, "falla"))
