"""La orden `python -m generador` termina con un resumen bueno o con errores que se entienden."""

import json
from pathlib import Path

import pytest

from generador.__main__ import main
from tests.datos.copia import DATOS, Copia

AHORA = "2026-11-23T12:00:00Z"


def test_validar_lo_bueno_termina_con_un_resumen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validar", "--datos", str(DATOS)]) == 0
    salida = capsys.readouterr()
    assert " paquetes, " in salida.out
    primera, segunda = salida.out.splitlines()
    assert primera.endswith(" filas: todo en orden.")
    assert segunda == "No se pudo revisar si cambió algo de una convocatoria abierta: no se pidió sacarlo de git."
    assert salida.err == ""


def test_validar_un_error_dice_archivo_fila_columna_y_como_escribirlo(
    copia: Copia, capsys: pytest.CaptureFixture[str]
) -> None:
    fila = copia.celda("catalogos/empresas.csv", "taller-el-horno", "consentimiento", "03-11-2026")
    assert main(["validar", "--datos", str(copia.carpeta)]) == 1
    salida = capsys.readouterr()
    assert salida.out == ""
    assert salida.err == (
        f"catalogos/empresas.csv:{fila}:consentimiento  «03-11-2026» no es una fecha con año, mes y día"
        " · escribe «2026-11-03»\n\nHay un error en los datos. No se publica nada.\n"
    )


def test_validar_varios_errores_los_cuenta(copia: Copia, capsys: pytest.CaptureFixture[str]) -> None:
    copia.celda("catalogos/empresas.csv", "taller-el-horno", "region", "7")
    copia.celda("catalogos/empresas.csv", "hilados-nandu", "nombre", "")
    assert main(["validar", "--datos", str(copia.carpeta)]) == 1
    assert capsys.readouterr().err.endswith("\nHay 2 errores en los datos. No se publica nada.\n")


def test_hornear_deja_el_archivo_donde_se_pide(tmp_path: Path) -> None:
    ruta = tmp_path / "obra" / "horneado.json"
    assert main(["hornear", "--datos", str(DATOS), "--horneado", str(ruta), "--ahora", AHORA]) == 0
    assert json.loads(ruta.read_bytes())["generado"] == AHORA


def test_hornear_junto_a_otra_salida_no_toca_la_obra_del_proyecto(tmp_path: Path) -> None:
    salida = tmp_path / "prueba"
    assert main(["hornear", "--datos", str(DATOS), "--salida", str(salida), "--ahora", AHORA]) == 0
    assert (tmp_path / "prueba.obra" / "horneado.json").is_file()


def test_hornear_datos_malos_no_deja_un_archivo_a_medias(copia: Copia, tmp_path: Path) -> None:
    copia.celda("parametros/uf.csv", "2025-12-31", "uf_clp", "39.727,96")
    ruta = tmp_path / "horneado.json"
    assert main(["hornear", "--datos", str(copia.carpeta), "--horneado", str(ruta), "--ahora", AHORA]) == 1
    assert not ruta.exists()


def test_una_hora_de_construccion_sin_zona_se_rechaza(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["validar", "--ahora", "2026-11-23T12:00"])
    assert "no dice su zona" in capsys.readouterr().err
