"""Cualquier tabla publicada se corrige por su clave, y un archivo publicado se escribe una sola vez."""

from __future__ import annotations

import threading

import pytest

from funciones.adaptadores.publicacion import PublicacionNoResponde, RutaImposible, YaPublicado
from funciones.adaptadores.publicacion_csv import ArchivoIlegible, FilaImposible
from tests.adaptadores.conftest import Imprenta

TABLA, CLAVE = "transparencia/cabezas.csv", ("fecha", "convocatoria")
ACTA = "transparencia/actas/feria-001.json"


def cabeza(fecha: str, convocatoria: str = "feria", numero: str = "1") -> dict[str, str]:
    return {"fecha": fecha, "convocatoria": convocatoria, "numero": numero}


def test_una_tabla_nueva_nace_con_las_columnas_de_su_primera_fila(imprenta: Imprenta) -> None:
    donde = imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-23")], CLAVE)
    assert donde.endswith(TABLA)
    assert imprenta.mirar(TABLA) == b"fecha,convocatoria,numero\n2026-11-23,feria,1\n"


def test_la_misma_clave_corrige_la_otra_se_agrega_y_lo_demas_no_se_toca(imprenta: Imprenta) -> None:
    imprenta.poner(b"convocatoria,fecha,numero,color\nferia,2026-11-22,1,azul\nferia,2026-11-23,1,\n", TABLA)
    imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-23", numero="4"), cabeza("2026-11-24", numero="5")], CLAVE)
    assert imprenta.mirar(TABLA).decode().splitlines() == [
        "convocatoria,fecha,numero,color",
        "feria,2026-11-22,1,azul",
        "feria,2026-11-23,4,",
        "feria,2026-11-24,5,",
    ]


def test_anexar_dos_veces_lo_mismo_o_nada_no_cambia_nada(imprenta: Imprenta) -> None:
    imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-23")], CLAVE)
    antes = imprenta.mirar(TABLA)
    imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-23")], CLAVE)
    imprenta.publicacion.anexar(TABLA, [], CLAVE)
    assert imprenta.mirar(TABLA) == antes


@pytest.mark.parametrize(
    "mala",
    [
        cabeza("2026-11-24") | {"correo": "mipe@correo.example"},
        cabeza(""),
        {"fecha": "2026-11-24", "numero": "1"},
        cabeza("2026-11-23"),
    ],
    ids=["columna_de_mas", "clave_vacia", "sin_parte_de_la_clave", "repetida"],
)
def test_una_fila_que_no_calza_no_entra_ni_ella_ni_las_otras(imprenta: Imprenta, mala: dict[str, str]) -> None:
    imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-22")], CLAVE)
    antes = imprenta.mirar(TABLA)
    with pytest.raises(FilaImposible) as rechazo:
        imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-23"), mala], CLAVE)
    assert "mipe@" not in str(rechazo.value)
    assert imprenta.mirar(TABLA) == antes


def test_una_tabla_rota_no_se_pisa(imprenta: Imprenta) -> None:
    imprenta.poner(b"fecha,numero\n2026-11-23,1\n", TABLA)
    with pytest.raises(ArchivoIlegible):
        imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-23")], CLAVE)
    assert imprenta.mirar(TABLA) == b"fecha,numero\n2026-11-23,1\n"


def test_una_tabla_se_lee_como_se_escribio_y_la_que_no_existe_no_tiene_filas(imprenta: Imprenta) -> None:
    assert imprenta.publicacion.leer(TABLA) == ()
    imprenta.publicacion.anexar(TABLA, [cabeza("2026-11-23"), cabeza("2026-11-24", numero="")], CLAVE)
    assert imprenta.otra().leer(TABLA) == (cabeza("2026-11-23"), cabeza("2026-11-24", numero=""))


def test_una_tabla_que_no_se_puede_leer_se_dice(imprenta: Imprenta) -> None:
    imprenta.poner(b"fecha,fecha\n", TABLA)
    with pytest.raises(ArchivoIlegible):
        imprenta.publicacion.leer(TABLA)


def test_un_archivo_se_guarda_una_vez_y_repetirlo_igual_no_hace_nada(imprenta: Imprenta) -> None:
    assert imprenta.publicacion.guardar(ACTA, b'{"a":1}').endswith(ACTA)
    assert imprenta.otra().guardar(ACTA, b'{"a":1}').endswith(ACTA)
    assert imprenta.mirar(ACTA) == b'{"a":1}'


def test_lo_guardado_no_se_cambia_por_otra_cosa(imprenta: Imprenta) -> None:
    imprenta.publicacion.guardar(ACTA, b'{"a":1}')
    with pytest.raises(YaPublicado):
        imprenta.otra().guardar(ACTA, b'{"a":2}')
    assert imprenta.mirar(ACTA) == b'{"a":1}'


@pytest.mark.parametrize(
    "ruta", ["cabezas.csv", "../datos/x.csv", "transparencia//x.csv", "/tmp/x.csv", "a/x.py", "a/.x.csv", "a/X.csv"]
)
def test_una_ruta_ajena_no_se_escribe(imprenta: Imprenta, ruta: str) -> None:
    with pytest.raises(RutaImposible):
        imprenta.publicacion.guardar(ruta, b"x")
    with pytest.raises(RutaImposible):
        imprenta.publicacion.anexar(ruta, [], CLAVE)


@pytest.mark.parametrize("donde", ["carpeta", "ministack"])
def test_si_varios_guardan_a_la_vez_queda_uno_entero(request: pytest.FixtureRequest, donde: str) -> None:
    # moto no es atómico entre hilos: aquí no probaría nada.
    imprenta: Imprenta = request.getfixturevalue(f"imprenta_{donde}")
    salida, quedaron, sobraron = threading.Barrier(4), [], []

    def guardar(numero: int) -> None:
        salida.wait()
        contenido = b"%d" % numero * 1000
        try:
            imprenta.otra().guardar(ACTA, contenido)
        except (YaPublicado, PublicacionNoResponde):
            sobraron.append(numero)
        else:
            quedaron.append(contenido)

    hilos = [threading.Thread(target=guardar, args=(numero,)) for numero in range(1, 5)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert quedaron == [imprenta.mirar(ACTA)]
    assert len(sobraron) == 3


def test_lo_que_se_guarda_en_la_nube_dice_que_es(imprenta_moto: Imprenta) -> None:
    s3 = imprenta_moto.publicacion._s3  # type: ignore[attr-defined]
    imprenta_moto.publicacion.guardar(ACTA, b"{}")
    imprenta_moto.publicacion.anexar(TABLA, [cabeza("2026-11-23")], CLAVE)
    tipos = {ruta: s3.head_object(Bucket="documentos", Key=ruta)["ContentType"] for ruta in (ACTA, TABLA)}
    assert tipos == {ACTA: "application/json", TABLA: "text/csv; charset=utf-8"}
