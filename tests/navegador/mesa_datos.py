"""Convocatorias y postulaciones sintéticas para la mesa."""

from typing import Any

FERIA = "2027-feria-de-prueba"
RUEDA = "2027-rueda-de-prueba"
CRITERIOS = [
    {
        "criterio": "origen",
        "titulo": "El producto se hace en la región",
        "descripcion": "7: todo se hace en la región. 4: una parte. 1: solo se vende.",
        "ponderacion": 60,
        "escala_minima": "1",
        "escala_maxima": "7",
        "descriptores": [
            {"nota": "1", "texto": "Se compra hecho y solo se vende."},
            {"nota": "7", "texto": "Se hace entero en la región, con materia prima de la región."},
        ],
    },
    {
        "criterio": "presentacion",
        "titulo": "Presentación del producto",
        "descripcion": "7: tiene marca, envase y precio claros. 1: no se entiende qué se vende.",
        "ponderacion": 40,
        "escala_minima": "1",
        "escala_maxima": "7",
        "descriptores": [],
    },
]


def _convocatoria(id_: str, nombre: str, modo: str, criterios: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": id_,
        "nombre": nombre,
        "estado": "en_evaluacion",
        "modo_seleccion": modo,
        "demostracion": True,
        "cupos": 15,
        "asignados": 2,
        "espera": 1,
        "postulaciones_maximas": None,
        "recibidas": None,
        "cierre_texto": "lunes 7 de diciembre de 2026 a las 15:00",
        "evaluadores": 1,
        "a_ciegas": False,
        "criterios": criterios,
        "reservas": [],
        "actividad_texto": "sábado 9 de enero de 2027",
        "actividad_empezo": True,
        "por_internet": id_ == RUEDA,
    }


CONVOCATORIAS = [
    _convocatoria(FERIA, "Feria de verano «Sabores y oficios»", "puntaje", CRITERIOS),
    _convocatoria(RUEDA, "Rueda de negocios «Valle y costa»", "llegada", []),
]

# regla: título, lo que pide, certificado, documento de la convocatoria que lo prueba
REGLAS = {
    "inicio_actividades": (
        "Inicio de actividades",
        "Iniciaste actividades en primera categoría ante el SII.",
        "Carpeta tributaria electrónica",
        "Carpeta tributaria electrónica",
    ),
    "ventas": (
        "Ventas del año",
        "Vendiste entre 200 y 2.400 UF en 2025. Los dos bordes cuentan.",
        "Carpeta tributaria electrónica para solicitar créditos",
        "Carpeta tributaria electrónica",
    ),
    "sector": (
        "Rubro",
        "Tu rubro es de los que atiende el programa.",
        "Carpeta tributaria, actividades económicas",
        "Carpeta tributaria electrónica",
    ),
    "deudas": ("Deudas", "No debes impuestos, sueldos ni cotizaciones.", "Certificado F30", "Certificado F30"),
    "rendiciones": ("Rendiciones", "No tienes rendiciones pendientes con Sercotec.", "Lo consultamos nosotros", ""),
}
FRASES = {
    "cumple": "Cumples lo que pide esta regla.",
    "no_cumple": "No cumples lo que pide esta regla.",
    "falta_dato": "Falta un dato para saber si cumples.",
    "lo_revisa_una_persona": "Lo revisa una persona.",
}
CORREGIBLES = [
    {"que": "documento:carpeta-tributaria", "titulo": "Carpeta tributaria electrónica"},
    {"que": "documento:f30", "titulo": "Certificado F30"},
    {"que": "respuesta:comuna", "titulo": "¿En qué comuna trabajas?"},
    {"que": "respuesta:lleva", "titulo": "¿Qué llevarás a la actividad?"},
]
DECLARADO = {"inicio_actividades": "Primera categoría", "ventas": "2.612,04 UF", "sector": "Panaderías, 107100"}
ESTADOS = {
    "recibida": "Recibida",
    "en_correccion": "Tienes que corregir algo",
    "admisible": "Cumple los requisitos",
    "no_admisible": "No cumple los requisitos",
    "evaluada": "Ya tiene nota",
    "seleccionada": "Seleccionada",
    "confirmada": "Confirmada",
    "participo": "Participaste: falta la encuesta",
    "no_asistio": "No asististe",
    "retenida": "La revisa una persona antes de entrar a la fila",
    "lista_de_espera": "En lista de espera",
    "oferta_vencida": "Venció el plazo para aceptar",
    "recurrida": "Otra persona revisa el resultado",
    "recurso_rechazado": "La nueva revisión no cambió el resultado",
}
ACCIONES = {
    "recibida": ["admisible", "no_admisible", "en_correccion"],
    "retenida": ["no_admisible", "recibida"],
    "en_correccion": ["recibida"],
    "admisible": ["no_admisible", "evaluada"],
    "evaluada": ["admisible", "no_admisible", "evaluada"],
    "no_admisible": ["recibida"],
    "seleccionada": ["no_admisible"],
    "confirmada": ["no_admisible"],
    "oferta_vencida": ["lista_de_espera"],
}


def _postulacion(
    folio: str, nombre: str, hora: str, estado: str, convocatoria: int = 0, **hallazgos: str
) -> dict[str, Any]:
    return {
        "folio": folio,
        "folio_texto": f"{folio[:4]} {folio[4:]}",
        "nombre": nombre,
        "convocatoria": CONVOCATORIAS[convocatoria]["id"],
        "convocatoria_nombre": CONVOCATORIAS[convocatoria]["nombre"],
        "region": "07",
        "estado": estado,
        "estado_texto": ESTADOS[estado],
        "turno": f"2026-11-{hora}:00+00:00",
        "turno_texto": "domingo 22 de noviembre de 2026 a las 10:47",
        "version": 2,
        "hallazgos": {regla: hallazgos.get(regla, "cumple") for regla in REGLAS},
        "puntaje": None,
        "canal": "en_linea",
        "revisados": {},
        "notas": {},
        "motivo": "",
        "correcciones": [],
        "evaluaciones": [],
        "abstenciones": [],
        # Quiénes la movieron con el nombre a la vista.
        "vieron": [],
        # Quién tomó la decisión que se recurre, en las recurridas.
        "decidio": "evaluador-maule",
    }


# Desordenadas a propósito: la cola las ordena por llegada.
POSTULACIONES = [
    _postulacion("K7M4PR9X", "Taller El Horno SpA", "22T13:47", "recibida", ventas="no_cumple"),
    _postulacion("B3TW6HQN", "Conservas Loica EIRL", "22T12:58", "recibida"),
    _postulacion("R4JH8VPA", "Mermeladas Huaso Sur", "21T20:30", "recibida", rendiciones="falta_dato"),
    _postulacion("H2PN7XKB", "Miel Los Boldos SpA", "20T14:41", "no_admisible", ventas="no_cumple"),
    _postulacion("X9DF2KMC", "Cueros Vega Ltda.", "21T22:12", "en_correccion", deudas="falta_dato"),
    _postulacion("M6CQ3TWE", "Telares Muñoz y Compañía", "20T15:04", "admisible"),
    _postulacion("W8QC5NFD", "Greda de Pilén Ltda.", "19T15:04", "confirmada", 1),
    _postulacion("T5RB9YGH", "Quesos del Maule SpA", "19T14:10", "seleccionada", 1),
]


def seleccion(ejecutada: bool) -> dict[str, Any]:
    """Las listas de una selección, simulada o ejecutada."""

    def renglon(lugar: int, puntaje: str, **extra: str) -> dict[str, Any]:
        p = POSTULACIONES[lugar]
        return {
            "folio": p["folio"],
            "folio_texto": p["folio_texto"],
            "nombre": p["nombre"],
            "puntaje": puntaje,
            **extra,
        }

    no = {"motivo_codigo": "bajo_nota_minima", "motivo_texto": "Quedó bajo la nota mínima"}
    return {
        "seleccionadas": [
            renglon(1, "6.40", reserva=""),
            renglon(5, "6.15", reserva="Negocios liderados por mujeres"),
        ],
        "espera": [renglon(2, "5.80")],
        "no_seleccionadas": [renglon(0, "3.90", **no)],
        "sin_decidir": [],
        "guardados": [{"reserva": "cooperativas", "titulo": "Cooperativas", "cupos": 2}],
        "ejecutada": ejecutada,
        "cupo": {"cupos": 15, "asignados": 4 if ejecutada else 2, "espera": 2 if ejecutada else 1},
    }


def _fila(componente: str, region: str, estado: str, *cifras: str, **otras: str) -> dict[str, str]:
    claves = ("numerador", "denominador", "valor", "respuestas", "tasa_respuesta")
    numeros = dict(zip(claves, cifras or [""] * 5, strict=True))
    clave = {"indicador": "acceso-vinculacion", "componente": componente, "region": region}
    return {**clave, "desagregacion": "todos", "categoria": "todos", "estado": estado, **numeros, **otras}


MEDICION = [
    _fila("todos", "todas", "medido", "31", "44", "70.45", "38", "86.36"),
    _fila("todos", "todas", "medido", "20", "28", "71.43", "25", "89.29", desagregacion="sexo", categoria="mujer"),
    _fila("1", "07", "no_se_publica"),
    _fila("todos", "todas", "medido", "418", "72", "5.81", "38", "86.36", indicador="satisfaccion"),
]

DERECHOS: list[dict[str, Any]] = [
    {
        "numero": numero,
        "derecho": derecho,
        "titulo": titulo,
        "texto": "Mi comuna es Curicó.",
        "pedido_texto": "lunes 23 de noviembre de 2026 a las 10:00",
        "vence": "2026-12-24T02:59:59+00:00",
        "vence_texto": "miércoles 23 de diciembre de 2026",
        "resuelto": resuelto,
        "atrasado": False,
        "historia": [
            {
                "que": "pedido",
                "que_texto": "Lo pediste",
                "cuando_texto": "lunes 23 de noviembre de 2026 a las 10:00",
                "quien": "",
                "motivo": "Mi comuna es Curicó.",
            }
        ],
        "folio": "K7M4PR9X",
        "folio_texto": "K7M4 PR9X",
        "convocatoria": "2027-feria-de-prueba",
        "convocatoria_nombre": "Feria de prueba",
        "demostracion": True,
        "region": "07",
        "version": 2,
        "sin_correo": False,
        "decisiones": [] if resuelto else ["acoger", "rechazar", "prorrogar"],
    }
    for numero, derecho, titulo, resuelto in (
        (1, "rectificacion", "Corregir un dato", None),
        (2, "acceso", "Saber más de mis datos", "acogido"),
    )
]
