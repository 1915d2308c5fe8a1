"""Lo que todo almacén cumple con las vitrinas: una versión detrás de otra, y cada correo una vez."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from funciones.adaptadores.almacen import Almacen, Conflicto
from funciones.dominio.actor import Actor
from funciones.dominio.estado import Papel
from funciones.dominio.exhibicion import editar, enviar, nueva, observar, publicar
from funciones.dominio.vitrina import Contenido, Foto, Producto, Vitrina
from tests.adaptadores.conftest import Bodega
from tests.mundo import FERIA, HORA, LLEGADA, a_la_vez

PERSONA = Actor(Papel.PERSONAL, "evaluador-maule", "Dirección Regional del Maule", "evaluador")
FOTO = Foto("ab" * 32, "image/jpeg", 12345)
MIEL = Producto("p1", "Miel Canaria Ñ", "De ulmo", "alimentos", 4500, "el frasco", ("500 g", "1 kg"), FOTO, "Un frasco")
CONTENIDO = Contenido("Apiario Canario Ñandú", "alimentos", "Miel de monte", "https://miel.example", (MIEL,))
RAZON = "Canario: la foto muestra a otra persona"


def _nueva(folio: str = "K7M4PR9X") -> Vitrina:
    return editar(nueva(folio, FERIA, f"v-{folio.lower()}", "", LLEGADA), CONTENIDO, LLEGADA)


def _en_revision(almacen: Almacen) -> Vitrina:
    primera = _nueva()
    almacen.guardar_vitrina(primera)
    enviada = enviar(primera, LLEGADA + HORA, 1)
    almacen.guardar_vitrina(enviada)
    return enviada


def _observada(almacen: Almacen) -> Vitrina:
    devuelta = observar(_en_revision(almacen), PERSONA, LLEGADA + 2 * HORA, RAZON)
    almacen.guardar_vitrina(devuelta)
    return devuelta


def test_lo_guardado_se_lee_entero_y_al_reabrir(bodega: Bodega) -> None:
    enviada = _en_revision(bodega.almacen)
    publicada = publicar(enviada, PERSONA, LLEGADA + 2 * HORA)
    bodega.almacen.guardar_vitrina(publicada)
    assert bodega.reabrir().vitrina("K7M4PR9X") == publicada
    otra = editar(publicada, replace(CONTENIDO, productos=()), LLEGADA + 3 * HORA)
    bodega.almacen.guardar_vitrina(otra)
    assert bodega.reabrir().vitrina("K7M4PR9X") == otra
    assert bodega.almacen.vitrina("H2PN7XKB") is None


def test_las_vitrinas_vienen_por_cuando_cambiaron(almacen: Almacen) -> None:
    folios = ["K7M4PR9X", "H2PN7XKB", "T5WX9JCD"]
    for n, folio in enumerate(folios):
        almacen.guardar_vitrina(replace(_nueva(folio), cambio=LLEGADA + n * HORA))
    assert [v.folio for v in almacen.vitrinas()] == folios
    primera = almacen.vitrina(folios[0])
    assert primera is not None
    almacen.guardar_vitrina(editar(primera, CONTENIDO, LLEGADA + 9 * HORA))
    assert [v.folio for v in almacen.vitrinas()] == [*folios[1:], folios[0]]


def test_dos_cambios_sobre_la_misma_version_dejan_uno(almacen: Almacen) -> None:
    primera = _nueva()
    almacen.guardar_vitrina(primera)
    ediciones = [editar(primera, replace(CONTENIDO, nombre=f"Nombre {n}"), LLEGADA + HORA) for n in range(6)]
    hechas = a_la_vez(lambda n: almacen.guardar_vitrina(ediciones[n]), range(6), 6)
    assert sorted(type(h).__name__ for h in hechas) == ["Conflicto"] * 5 + ["NoneType"]
    guardada = almacen.vitrina("K7M4PR9X")
    assert guardada == ediciones[hechas.index(None)]
    with pytest.raises(Conflicto):
        almacen.guardar_vitrina(replace(_nueva(), cambio=LLEGADA + HORA))


def test_guardar_otra_vez_lo_mismo_no_es_un_conflicto(almacen: Almacen) -> None:
    primera = _nueva()
    for _ in range(2):
        almacen.guardar_vitrina(primera)
    segunda = editar(primera, CONTENIDO, LLEGADA + HORA)
    for _ in range(2):
        almacen.guardar_vitrina(segunda)
    assert almacen.vitrina("K7M4PR9X") == segunda


def test_nadie_guarda_una_version_que_salta_ni_sobre_lo_que_no_existe(almacen: Almacen) -> None:
    segunda = editar(_nueva(), CONTENIDO, LLEGADA + HORA)
    with pytest.raises(Conflicto):
        almacen.guardar_vitrina(segunda)
    assert almacen.vitrina("K7M4PR9X") is None


def test_el_correo_de_una_vitrina_lo_toma_uno_solo_y_sale_una_vez(almacen: Almacen) -> None:
    devuelta = _observada(almacen)
    ahora, hasta = LLEGADA + 3 * HORA, LLEGADA + 4 * HORA
    tomados = a_la_vez(lambda _: almacen.tomar_correo_de_vitrina(devuelta, ahora, hasta), range(6), 6)
    assert sorted(tomados) == [False] * 5 + [True]  # type: ignore[type-var]
    # Quien lo tomó se cayó: cuando vence el arriendo lo toma otro.
    assert almacen.tomar_correo_de_vitrina(devuelta, hasta, hasta + HORA)
    for _ in range(2):
        almacen.correo_de_vitrina_enviado(devuelta)
    guardada = almacen.vitrina("K7M4PR9X")
    assert guardada == replace(devuelta, por_avisar=None)
    assert not almacen.tomar_correo_de_vitrina(devuelta, hasta + 2 * HORA, hasta + 3 * HORA)


def test_el_correo_de_un_cambio_anterior_no_tapa_el_del_nuevo(almacen: Almacen) -> None:
    devuelta = _observada(almacen)
    assert almacen.tomar_correo_de_vitrina(devuelta, LLEGADA, LLEGADA + timedelta(days=9))
    otra = enviar(devuelta, LLEGADA + 3 * HORA, 1)
    almacen.guardar_vitrina(otra)
    publicada = publicar(otra, PERSONA, LLEGADA + 4 * HORA)
    almacen.guardar_vitrina(publicada)
    almacen.correo_de_vitrina_enviado(devuelta)
    assert almacen.vitrina("K7M4PR9X") == publicada
    assert almacen.tomar_correo_de_vitrina(publicada, LLEGADA, LLEGADA + HORA)


def test_en_una_vitrina_guardada_no_se_lee_lo_escrito(bodega: Bodega) -> None:
    _observada(bodega.almacen)
    crudo = bodega.crudo()
    assert b"K7M4PR9X" in crudo
    assert b"observada" in crudo
    for canario in (CONTENIDO.nombre, MIEL.nombre, RAZON, "miel.example", "evaluador-maule"):
        assert canario.encode() not in crudo, canario
        assert canario.encode("unicode_escape") not in crudo, canario
