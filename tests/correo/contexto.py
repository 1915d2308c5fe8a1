"""Un contexto de correo con todo, y otro con lo mínimo."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

PLANTILLAS = Path(__file__).parents[2] / "plantillas"
CODIGO = "mzxw6ytboi4tqmzxw6ytboi4tqmzxw6y"
CODIGO_ENCUESTA = "nbswy3dpeb3w64tmmqnbswy3dpeb3w64"
PORTAL = "https://portal.example"

_COMPLETO: dict[str, Any] = {
    "folio": "T5WX 9JCD",
    "nombre": "Conservas del Maule SpA",
    "representante": "Conservas del Maule",
    "convocatoria": {
        "nombre": "Feria de verano «Sabores y oficios»",
        "id": "2027-feria-maule-sabores-y-oficios",
        "region_nombre": "Región del Maule",
        "cierre_texto": "lunes 7 de diciembre de 2026 a las 15:00",
        "resultados_texto": "lunes 21 de diciembre de 2026",
        "actividad_texto": "15 al 17 de enero de 2027",
        "encuesta_cierre_texto": "viernes 29 de enero de 2027",
        "oficina_nombre": "Dirección Regional de Sercotec, Maule",
        "oficina_sitio": "https://www.sercotec.cl",
        "responsable_rol": "Encargatura regional de ferias",
        "postulaciones_maximas": 120,
        "demostracion": True,
    },
    "enlace": f"{PORTAL}/api/consultar#folio=T5WX9JCD&codigo={CODIGO}",
    "enlace_confirmar": f"{PORTAL}/api/confirmar#folio=T5WX9JCD&codigo={CODIGO}",
    "enlace_encuesta": f"{PORTAL}/api/encuestar#folio=T5WX9JCD&codigo={CODIGO_ENCUESTA}",
    "codigo": CODIGO,
    "codigo_encuesta": CODIGO_ENCUESTA,
    "minutos_confirmacion": 30,
    "confirmar_hasta_texto": "miércoles 25 de noviembre de 2026 a las 10:00",
    "motivo": "La carpeta tributaria muestra ventas sobre el máximo.",
    "reglas_incumplidas": [
        {
            "titulo": "Ventas del año",
            "regla": "Vendiste entre 200 y 2.400 UF en 2025. Los dos bordes cuentan.",
            "declarado": "2.612,04 UF",
            "correccion": "Si la cifra está mal, corrígela en el SII y manda la carpeta nueva.",
            "clausula": "Requisitos del programa: ventas netas anuales",
        },
        {
            "titulo": "Rendiciones",
            "regla": "No tienes rendiciones pendientes con Sercotec cuando participas.",
            "declarado": "sí",
            "correccion": "Entrega la rendición pendiente y avisa a la oficina.",
            "clausula": "Requisitos del programa: sin rendiciones pendientes",
        },
    ],
    "huellas": {"respuestas": "e78a5624" * 8, "documentos": [{"documento": "f30", "huella": "df257009" * 8}]},
    "motivo_codigo": "bajo_nota_minima",
    "puntaje": "3,80",
    "nota_minima": "4,0",
    "lugar_espera": 7,
    "total_espera": 12,
    "horas_oferta": 48,
    "empieza_texto": "viernes 15 de enero de 2027",
    "con_cupos_asegurados": True,
    "sabras_texto": "lunes 21 de diciembre de 2026",
    "oferta_vence_texto": "miércoles 23 de diciembre de 2026 a las 15:00",
    "decidio": {
        "rol": "evaluador",
        "oficina": "Dirección Regional de Sercotec, Maule",
        "cuando_texto": "lunes 21 de diciembre de 2026 a las 10:30",
    },
    "recurso": {
        "canal": "Responde este correo o acércate a la oficina que organiza la convocatoria.",
        "plazo_texto": "5 días hábiles",
        "hasta_texto": "martes 29 de diciembre de 2026 a las 23:59",
    },
    "recurso_agotado": False,
    "resultado_previo": "No cumple los requisitos",
    "enviado_inhabil": True,
    "presentado_texto": "lunes 28 de diciembre de 2026 a las 0:00",
    "venia_de": "evaluada",
    "portal": PORTAL,
    "derechos_url": f"{PORTAL}/privacidad/",
}
_NADA: dict[str, Any] = {
    "motivo": "",
    "reglas_incumplidas": [],
    "motivo_codigo": "",
    "puntaje": None,
    "nota_minima": None,
    "lugar_espera": None,
    "con_cupos_asegurados": False,
    "sabras_texto": "",
    "oferta_vence_texto": "",
    "decidio": None,
    "recurso": None,
    "resultado_previo": "",
    "enviado_inhabil": False,
    "presentado_texto": "",
    "venia_de": "",
}


def completo(**cambios: object) -> dict[str, Any]:
    """Con todo lo que puede venir."""
    return {**deepcopy(_COMPLETO), **cambios}


def minimo(**cambios: object) -> dict[str, Any]:
    """Sin nada de lo que puede faltar."""
    contexto = {**completo(), **_NADA, **cambios}
    contexto["convocatoria"] |= {
        "oficina_sitio": "",
        "responsable_rol": "",
        "region_nombre": "",
        "demostracion": False,
        "postulaciones_maximas": None,
    }
    return contexto
