"""De un error inesperado se anota el tipo y el lugar, y nada de lo que dice."""

from funciones.entrada.tropiezo import tropiezo


def test_dice_el_tipo_y_el_archivo_donde_paso_y_nunca_el_texto() -> None:
    try:
        int("76.086.428-5")
    except ValueError as error:
        anotado = tropiezo(error)
    assert anotado["tipo"] == "ValueError"
    assert anotado["lugar"].startswith("test_tropiezo.py:")
    assert "76.086" not in str(anotado)


def test_un_error_que_nadie_levanto_no_tiene_lugar() -> None:
    assert tropiezo(KeyError("rut")) == {"tipo": "KeyError", "lugar": ""}
