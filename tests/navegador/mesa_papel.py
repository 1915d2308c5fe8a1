"""Lo que la mesa de mentira sabe del papel, de los contactos y de «Mis Datos», con la forma exacta de las puertas."""

from typing import Any

from tests.navegador.mesa_vistas import CUANDO

Llano = dict[str, Any]
AVISO = "K7M4PR9X.en_correccion.3"
PREPARADO: Llano = {
    "convocatoria": "2027-feria-de-prueba",
    "nombre": "Feria de prueba",
    "demostracion": True,
    "cierre_texto": CUANDO,
    "por_que_no": "",
    "preguntas": [
        {"clave": clave, "titulo": titulo, "ayuda": "", "tipo": tipo, "bloque": bloque, "opciones": opciones}
        | {"obligatoria": obligatoria, "largo_maximo": 200, "tipos_persona": tipos}
        for clave, titulo, tipo, bloque, opciones, obligatoria, tipos in [
            (
                "tipo_persona",
                "¿Cómo postulas?",
                "tipo_persona",
                "Tu empresa",
                [{"valor": "juridica", "texto": "Como empresa"}, {"valor": "cooperativa", "texto": "Como cooperativa"}],
                True,
                [],
            ),
            ("rut", "¿Cuál es el RUT?", "rut", "Tu empresa", [], True, []),
            ("nombre", "¿Cuál es el nombre?", "texto", "Tu empresa", [], True, []),
            ("comuna", "¿En qué comuna trabajas?", "comuna", "Tu empresa", [], True, []),
            ("asociados", "¿Cuántos asociados tiene?", "entero", "Tu empresa", [], True, ["cooperativa"]),
            ("deudas", "¿Tienes deudas?", "si_no", "Requisitos", [], True, []),
            ("lleva", "¿Qué llevas?", "texto_largo", "Tu participación", [], True, []),
            ("correo", "¿A qué correo te escribimos?", "correo", "Contacto", [], False, []),
            ("telefono", "¿A qué teléfono te llamamos?", "telefono", "Contacto", [], False, []),
            ("declaracion", "Lo que escribí es verdad", "casilla", "Para terminar", [], True, []),
        ]
    ],
    "documentos": [
        {"documento": "f30", "titulo": "Certificado F30", "obligatorio": True, "tipos_persona": []},
        {"documento": "acta", "titulo": "Acta de socios", "obligatorio": True, "tipos_persona": ["cooperativa"]},
    ],
    "comunas": ["Talca, Maule", "Curicó, Maule"],
    "tope_mb": 7,
}
CONVOCATORIA: Llano = {
    "nombre": "Feria de prueba",
    "demostracion": True,
    "oficina_nombre": "Dirección Regional de Sercotec, Maule",
    "oficina_direccion": "",
    "oficina_telefono": "",
    "resultados_texto": "lunes 7 de diciembre de 2026",
}
HUELLA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def consultado(cuerpo: Llano) -> Llano:
    """Un RUT que figura en «Mis Datos»; el que termina en 9 ya está en la fila."""
    fila = {"folio": "K7M4PR9X", "folio_texto": "K7M4 PR9X", "estado": "recibida", "estado_texto": "Recibida"}
    dato = {"clave": "comuna", "titulo": "¿En qué comuna trabajas?", "valor": "07301", "texto": "Curicó, Maule"}
    return {
        "rut_texto": cuerpo["rut"],
        "en_la_fila": [fila | {"tiene_el_rut": True}] if cuerpo["rut"].endswith("9") else [],
        "mis_datos": {"cargado_texto": CUANDO, "vence_texto": CUANDO, "datos": [dato]},
    }


def comprobante(cuerpo: Llano) -> Llano:
    """Lo que se imprime de lo recién ingresado."""
    return {
        "folio": "W8HT3KCM",
        "folio_texto": "W8HT 3KCM",
        "codigo": "abcdefghijklmnopqrstuvwxyz234567",
        "estado": "recibida",
        "estado_texto": "Recibida",
        "retenida": False,
        "nombre": cuerpo["respuestas"]["nombre"],
        "correo": cuerpo["respuestas"]["correo"],
        "recibido_texto": CUANDO,
        "ingresada_texto": CUANDO,
        "atendio": "evaluador-maule",
        "huella": HUELLA,
        "documentos": [{"titulo": "Certificado F30", "tamano": 9, "huella": HUELLA if cuerpo["documentos"] else ""}],
        "respuestas": [{"titulo": "¿Cuál es el nombre?", "texto": cuerpo["respuestas"]["nombre"]}],
        "convocatoria": CONVOCATORIA,
        "consultar_url": "https://portal.example/api/consultar",
    }


def contacto(**cambios: Any) -> Llano:
    """Un aviso que no llegó."""
    return {
        "aviso": AVISO,
        "version": 1,
        "folio": "K7M4PR9X",
        "folio_texto": "K7M4 PR9X",
        "nombre": "Panes del Maule",
        "telefono": "+56912345678",
        "comuna": "Talca, Maule",
        "a_ciegas": False,
        "convocatoria": "2027-feria-de-prueba",
        "convocatoria_nombre": "Feria de prueba",
        "demostracion": True,
        "estado_texto": "Tienes que corregir algo",
        "causa_texto": "No tiene correo",
        "desde_texto": CUANDO,
        "vence_texto": "lunes 30 de noviembre de 2026 a las 23:59",
        "lo_sabe": False,
        "notificada_texto": "",
        "con_carta": True,
        "intentos": [],
    } | cambios


def intentado(guardado: Llano, cuerpo: Llano, quien: str) -> Llano:
    """El mismo aviso con lo que se acaba de anotar."""
    textos = {"contactada": "Por teléfono: se lo contamos.", "despachada": "Por carta: la carta salió."}
    intento = {"cuando_texto": CUANDO, "quien": quien, "oficina": "Maule", "nota": cuerpo["nota"]}
    intento["texto"] = textos.get(cuerpo["resultado"], "Por teléfono: no contestó.")
    salio = cuerpo["resultado"] == "despachada"
    return guardado | {
        "version": guardado["version"] + 1,
        "lo_sabe": cuerpo["resultado"] in textos,
        "notificada_texto": "jueves 26 de noviembre de 2026" if salio else "",
        "intentos": [*guardado["intentos"], intento],
    }


def carta() -> Llano:
    """Lo que decía el correo."""
    return {
        "asunto": "Corrige algo en tu postulación",
        "texto": "Hola.\n\nFolio: K7M4 PR9X\n\nManda el certificado del mes.",
        "nombre": "Panes del Maule",
        "representante": "Representante de ejemplo",
        "domicilio": "Calle Uno 123",
        "comuna": "Talca, Maule",
        "fecha_texto": "lunes 23 de noviembre de 2026",
        "convocatoria": CONVOCATORIA,
    }


def mis_datos(movimientos: list[Llano]) -> Llano:
    """La situación del registro."""
    columnas = ["rut", "nombre", "correo", "telefono", "comuna", "nivel_educacional", "sexo", "actividad"]
    return {"columnas": columnas, "dias": 30, "movimientos": movimientos}


def movimiento(que: str, filas: int) -> Llano:
    """Quién lo movió."""
    return {"cuando_texto": CUANDO, "quien": "nacional", "rol": "nacional", "que": que, "convocatoria": ""} | {
        "filas": filas
    }
