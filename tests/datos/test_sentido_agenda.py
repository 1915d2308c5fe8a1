"""La agenda de los eventos: una copia con todos los errores a la vez, y cada uno se dice con su fila y su columna."""

from pathlib import Path

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia, copiar

PROGRAMA, BUSQUEDAS, EVENTOS = "eventos/programa.csv", "eventos/busquedas.csv", "eventos/eventos.csv"
RUEDA, FERIA = "rueda-mesa-del-sur-2027", "feria-sabores-y-oficios-2027"
MAGALLANES = "feria-fin-del-invierno-2026"
MAULE = "2027-feria-maule-sabores-y-oficios"

# archivo, fila, columna que se cambia, lo que se escribe, columna del problema, qué está mal, cómo escribirlo
CASOS = [
    (PROGRAMA, f"{RUEDA}/1", "termino", "2027-01-20T09:30", "termino", "termina antes de empezar", "escribe una hora"),
    (PROGRAMA, f"{RUEDA}/2", "cupo", "", "cupo", "es una ronda y falta «cupo»", "escribe, por ejemplo, «12»"),
    (PROGRAMA, f"{RUEDA}/3", "minutos", "15", "minutos", "y es «pausa»", "deja la celda vacía o escribe «ronda»"),
    (PROGRAMA, f"{RUEDA}/4", "termino", "2027-01-20T15:10", "minutos", "dura menos que una reunión", "alarga la ronda"),
    (PROGRAMA, f"{FERIA}/3", "termino", "2027-01-17T21:00", "termino", "que llega hasta 2027-01-17T20:00", "dentro"),
    (PROGRAMA, f"{MAGALLANES}/2", "termino", "2026-09-06T00:10", "termino", "esa hora no existe", "elige otra"),
    (BUSQUEDAS, f"{RUEDA}/1", "rubro", "comida", "rubro", "no existe", ""),
    (BUSQUEDAS, f"{RUEDA}/2", "evento", FERIA, "evento", "es del componente 1", "escribe una rueda o un encuentro"),
    (EVENTOS, RUEDA, "resumen", "Entra por meet.google.com/abc.", "resumen", "lo ve cualquiera", "la mesa lo guarda"),
    (
        EVENTOS,
        "feria-manos-de-mar-2027",
        "id",
        "2027-01",
        "id",
        "la dirección de otra página",
        "agrega una palabra",
    ),
]


@pytest.fixture(scope="module")
def problemas(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[int], list[Problema]]:
    copia = copiar(tmp_path_factory.mktemp("agenda") / "datos")
    filas = [copia.celda(archivo, fila, columna, valor) for archivo, fila, columna, valor, *_ in CASOS]
    return filas, problemas_de(copia.carpeta)


@pytest.mark.parametrize("numero", range(len(CASOS)), ids=[f"{c[0]}:{c[1]}:{c[2]}" for c in CASOS])
def test_cada_error_de_la_agenda_dice_donde_esta_y_como_se_escribe(
    numero: int, problemas: tuple[list[int], list[Problema]]
) -> None:
    filas, hallados = problemas
    archivo, _, _, _, columna, que, como = CASOS[numero]
    propios = [p for p in hallados if (p.archivo, p.fila, p.columna) == (archivo, filas[numero], columna)]
    assert [p for p in propios if que in p.que and como in p.como], propios


def test_si_se_cancela_el_evento_se_cancela_su_convocatoria(tmp_path: Path) -> None:
    copia: Copia = copiar(tmp_path / "datos")
    copia.celda(EVENTOS, FERIA, "situacion", "cancelado")
    copia.celda(EVENTOS, FERIA, "motivo_situacion", "La plaza se inundó.")
    fila = copia.numero("convocatorias/convocatorias.csv", MAULE)
    propios = [p for p in problemas_de(copia.carpeta) if p.archivo == "convocatorias/convocatorias.csv"]
    assert [(p.fila, p.columna) for p in propios] == [(fila, "situacion")]
    assert "su evento está cancelado" in propios[0].que
