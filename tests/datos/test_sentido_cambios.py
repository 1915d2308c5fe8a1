"""Los cambios anotados de un evento calzan con el evento, van en orden y parten de donde quedó el anterior."""

from collections.abc import Callable

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

EVENTOS, CAMBIOS = "eventos/eventos.csv", "eventos/cambios.csv"
ENMIENDAS = "convocatorias/enmiendas.csv"
INVIERNO = "feria-invierno-en-linea-2027"  # pospuesto: situacion, inicio y termino
MAULE = "2027-feria-maule-sabores-y-oficios"

# número del cambio, columna, lo que se escribe, columna del problema, qué está mal, cómo escribirlo
MAL_ANOTADOS = [
    ("3", "numero", "4", "numero", "el cambio es el 4 y falta el 3", "escribe 3; se numeran 1, 2, 3… sin saltos"),
    (
        "2",
        "campo",
        "partida",
        "campo",
        "«partida» no es una columna de eventos.csv",
        "escribe su nombre o «programa»",
    ),
    ("2", "antes", "2027-06-11T10:00", "despues", "el cambio no cambia nada", "escribe lo que dice ahora"),
    (
        "2",
        "despues",
        "2027-06-12T10:00",
        "despues",
        "dice «2027-06-12T10:00» y el evento dice «2027-06-11T10:00»",
        "deja lo mismo en los dos; el evento está en la fila 8",
    ),
    (
        "3",
        "fecha",
        "2026-11-19",
        "fecha",
        "el 3 es del 2026-11-19 y el 2, del 2026-11-20",
        "se anotan en el orden en que se publicaron: corrige la fecha o el número",
    ),
]


@pytest.mark.parametrize(("numero", "columna", "escrito", "culpable", "que", "como"), MAL_ANOTADOS)
def test_un_cambio_de_evento_que_no_calza_se_dice(
    copia: Copia, numero: str, columna: str, escrito: str, culpable: str, que: str, como: str
) -> None:
    fila = copia.celda(CAMBIOS, f"{INVIERNO}/{numero}", columna, escrito)
    assert problemas_de(copia.carpeta) == [Problema(CAMBIOS, fila, culpable, que, como)]


def test_un_evento_que_cambio_necesita_la_fila_que_dice_desde_cuando(copia: Copia) -> None:
    copia.quitar(CAMBIOS, "evento", INVIERNO)
    fila = copia.numero(EVENTOS, INVIERNO)
    como = f"agrega en cambios.csv la fila «{INVIERNO},1,AAAA-MM-DD,situacion,programado,pospuesto,por qué,mayor»"
    que = "falta anotar desde cuándo no está «programado»"
    assert problemas_de(copia.carpeta) == [Problema(EVENTOS, fila, "situacion", que, como)]


def test_cada_cambio_parte_de_donde_quedo_el_anterior(copia: Copia) -> None:
    fila = copia.agregar(
        CAMBIOS, evento=INVIERNO, numero="4", campo="inicio", antes="2027-06-12T10:00", despues="2027-06-11T10:00"
    )
    que = "dice «2027-06-12T10:00» y el 2 lo dejó en «2027-06-11T10:00»"
    como = "escribe «2027-06-11T10:00» o agrega el cambio que falta entre los dos"
    assert problemas_de(copia.carpeta) == [Problema(CAMBIOS, fila, "antes", que, como)]


def test_de_una_celda_larga_basta_el_comienzo_y_la_vacia_se_anota_sin_dato(copia: Copia) -> None:
    largo = copia.tabla("convocatorias/convocatorias.csv")[1]
    assert largo[0] == MAULE
    apoyo = "|".join(f"Apoyo número {n} para llevar al puesto" for n in range(12))
    copia.celda("convocatorias/convocatorias.csv", MAULE, "apoyo", apoyo)

    def agregar(despues: str) -> Callable[[str], str]:
        return lambda texto: (
            texto
            + f"{MAULE},4,2026-11-23,apoyo,Una mesa,{despues},Hay más.,menor\n"
            + f"{MAULE},5,2026-11-23,comunas_admitidas,07101,sin dato,Se abre.,mayor\n"
        )

    copia.reescribir(ENMIENDAS, agregar(apoyo[:299] + "…"))
    assert problemas_de(copia.carpeta) == []


def test_el_programa_se_anota_con_palabras(copia: Copia) -> None:
    fila = "feria-manos-de-mar-2027,1,2026-11-20,programa,Cocina a las 12:00,Cocina a las 13:00,Luz.,menor\n"
    copia.reescribir(CAMBIOS, lambda texto: texto + fila)
    assert problemas_de(copia.carpeta) == []
