"""Las preguntas de una convocatoria: caben en el formulario común, se pueden responder y dicen su fila al fallar."""

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

PROPIAS = "convocatorias/preguntas_propias.csv"
ARICA = "2027-encuentro-arica-sabores-del-desierto"
MAULE = "2027-feria-maule-sabores-y-oficios"

# Lo que se cambia en una pregunta nueva, columna del problema, qué está mal y cómo se arregla.
CASOS = [
    ({"clave": "rut"}, "clave", "«rut» ya es una pregunta del formulario común", "escribe otro nombre"),
    ({"clave": "accion"}, "clave", "«accion» es un nombre que usa el formulario", "escribe otro nombre"),
    (
        {"despues_de": "no_existe"},
        "despues_de",
        "«no_existe» no es una pregunta de la postulación que tenga su página",
        "escribe la clave de una, como «lleva»",
    ),
    (
        {"despues_de": "declaracion"},
        "despues_de",
        "«declaracion» no es una pregunta de la postulación que tenga su página",
        "escribe la clave de una, como «lleva»",
    ),
    ({"orden": "1"}, "orden", "el orden 1 de esta convocatoria ya está en la fila 2", "escribe otro número"),
    (
        {"tipo": "opcion"},
        "opciones",
        "la pregunta es para elegir y no tiene opciones",
        "escríbelas como si=Sí|no=No",
    ),
    (
        {"opciones": "si=Sí|no=No"},
        "opciones",
        "una pregunta de tipo «texto_largo» no lleva opciones",
        "deja la celda vacía",
    ),
    ({"largo_maximo": ""}, "largo_maximo", "falta cuántas letras caben", "escribe un número, como 600"),
    (
        {"obligatoria": "si"},
        "error_falta",
        "la pregunta es obligatoria y falta su mensaje",
        "di qué escribir, como «Escribe el RUT.»",
    ),
    (
        {"error_formato": ""},
        "error_formato",
        "falta qué decir si la respuesta no se entiende",
        "di cómo escribirla, con un ejemplo",
    ),
    ({"titulo": "¿Qué {cosa}?"}, "titulo", "«{cosa}» no se puede llenar", "usa solo {anio_ventas}"),
    (
        {"convocatoria": MAULE, "tipos_persona": "emprendedor"},
        "tipos_persona",
        "el componente 1 no admite «emprendedor»",
        "usa solo: natural, juridica, cooperativa",
    ),
]


@pytest.mark.parametrize(("cambios", "columna", "que", "como"), CASOS)
def test_una_pregunta_propia_mal_puesta_dice_su_fila_y_como_se_arregla(
    copia: Copia, cambios: dict[str, str], columna: str, que: str, como: str
) -> None:
    fila = copia.agregar(PROPIAS, **{"clave": "otra_cosa", "orden": "3", **cambios})
    assert [p for p in problemas_de(copia.carpeta) if p.archivo == PROPIAS] == [
        Problema(PROPIAS, fila, columna, que, como)
    ]


@pytest.mark.parametrize("tipo", ["rut", "correo", "telefono", "casilla", "tipo_persona"])
def test_una_convocatoria_no_pide_datos_de_contacto_por_su_cuenta(copia: Copia, tipo: str) -> None:
    fila = copia.agregar(PROPIAS, clave="otra_cosa", orden="3", tipo=tipo)
    [problema] = [p for p in problemas_de(copia.carpeta) if p.archivo == PROPIAS]
    assert (problema.fila, problema.columna) == (fila, "tipo")


def test_bien_puesta_no_dice_nada(copia: Copia) -> None:
    copia.agregar(PROPIAS, clave="otra_cosa", orden="3")
    copia.agregar(PROPIAS, convocatoria=MAULE, clave="otra_cosa", orden="1")
    assert [p for p in problemas_de(copia.carpeta) if p.archivo == PROPIAS] == []
