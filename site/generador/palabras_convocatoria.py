"""Cómo se le dice a una persona lo que una convocatoria trae en claves: su tipo, su estado, para quién es."""

from collections.abc import Mapping

from funciones.dominio.convocatoria import EstadoConvocatoria

TIPOS = {
    "feria": "Feria",
    "evento": "Evento",
    "catalogo_en_linea": "Catálogo en línea",
    "encuentro_empresarial": "Encuentro empresarial",
    "rueda_de_negocios": "Rueda de negocios",
}
# Qué se hace ahí, para quien nunca ha ido a una.
EN_QUE_CONSISTE = {
    "feria": "En una feria pones tu puesto y vendes directo a quien pasa.",
    "evento": "En este evento muestras lo que haces y vendes a quien asiste o te mira por internet.",
    "catalogo_en_linea": "En un catálogo en línea muestras tus productos y quien quiera comprar te escribe a ti.",
    "encuentro_empresarial": "En un encuentro hay charlas y mesas para conversar con otras empresas y conocerlas.",
    "rueda_de_negocios": "En una rueda tienes reuniones cortas, una tras otra, con empresas que buscan lo que ofreces.",
}
OBJETIVOS = {
    "vender_al_publico": "Vender al público",
    "conocer_compradores": "Conocer compradores",
    "conocer_proveedores": "Conocer proveedores",
    "intercambiar_experiencias": "Intercambiar experiencias",
}
MODALIDADES = {"presencial": "Presencial", "virtual": "Por internet", "mixta": "Presencial y por internet"}
COMPONENTES = {1: "Ferias y catálogos, para vender", 2: "Encuentros y ruedas, para conocer empresas"}

FINANCIAMIENTOS = {
    "sercotec": "La financia Sercotec en un 100 %.",
    "cofinanciado": "La financia Sercotec, con un aporte de tu empresa.",
    "fndr": "Se financia con el Fondo Nacional de Desarrollo Regional, por convenio.",
}
# Palabra y forma de cada estado: la forma la da la clase, para que nunca sea solo el color.
ESTADOS = {
    EstadoConvocatoria.PROXIMA: ("Próxima", "proxima"),
    EstadoConvocatoria.ABIERTA: ("Abierta", "abierta"),
    EstadoConvocatoria.CON_LISTA_DE_ESPERA: ("Cupos completos, con lista de espera", "espera"),
    EstadoConvocatoria.SUSPENDIDA: ("Suspendida", "suspendida"),
    EstadoConvocatoria.EN_EVALUACION: ("En evaluación", "evaluacion"),
    EstadoConvocatoria.RESULTADOS: ("Con resultados", "resultados"),
    EstadoConvocatoria.CERRADA: ("Cerrada", "cerrada"),
    EstadoConvocatoria.CANCELADA: ("Cancelada", "no"),
}
# El título de la lista de cada estado y qué significa para quien mira.
LISTAS_POR_ESTADO: Mapping[EstadoConvocatoria, tuple[str, str]] = {
    EstadoConvocatoria.PROXIMA: ("Convocatorias que abren pronto", "Aún no reciben postulaciones: reúne tus papeles."),
    EstadoConvocatoria.ABIERTA: ("Convocatorias abiertas", "Reciben postulaciones: elige una y postula en línea."),
    EstadoConvocatoria.CON_LISTA_DE_ESPERA: (
        "Convocatorias abiertas que tienen lista de espera",
        "Puedes postular aunque los cupos se completen: quedas en espera por si alguien deja el suyo.",
    ),
    EstadoConvocatoria.SUSPENDIDA: ("Convocatorias suspendidas", "Están en pausa: cada una dice por qué."),
    EstadoConvocatoria.EN_EVALUACION: (
        "Convocatorias en evaluación",
        "Ya no reciben postulaciones y aún no hay resultado: cada una dice cuándo avisamos.",
    ),
    EstadoConvocatoria.RESULTADOS: ("Convocatorias con resultados", "Ya avisamos: mira quiénes quedaron, por folio."),
    EstadoConvocatoria.CERRADA: ("Convocatorias cerradas", "Ya terminaron: no se borran, para que veas cómo fueron."),
    EstadoConvocatoria.CANCELADA: ("Convocatorias canceladas", "No se hacen: cada una dice por qué."),
}
CAMPOS_SITUACION = {"vigente": "Vigente", "suspendida": "Suspendida", "cancelada": "Cancelada"}
PERFILES = {"liderada_por_mujeres": "Negocios liderados por mujeres"}
