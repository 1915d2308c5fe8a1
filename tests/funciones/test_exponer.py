"""Exponer: nadie vuelve a verse después de salir, y la falla de una ficha no toca a las demás."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones import exponer
from funciones.adaptadores.deposito import DepositoNoResponde
from funciones.adaptadores.deposito_carpeta import DepositoCarpeta
from funciones.vitrinas import foto
from tests.funciones.puerta import Puerta
from tests.funciones.test_vitrinas import JPG, PNG, Duena, _correos, _fotos_expuestas, _moderar

MINUTO = timedelta(minutes=1)


@pytest.fixture
def ana(puerta: Puerta) -> Duena:
    return Duena(puerta)


@pytest.fixture
def eva(puerta: Puerta) -> Duena:
    return Duena(puerta, 77_100_030)


def _publicar(duena: Duena, imagen: bytes | None = None) -> None:
    duena.armar()
    if imagen is not None:
        duena.dejar_foto(contenido=imagen)
        duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")
    duena.enviar()
    assert _moderar(duena.puerta, duena.folio, "publicar")[0] == 200


def _a_la_vista(puerta: Puerta) -> list[dict[str, Any]]:
    archivo = Path(puerta.entorno["ESTADO_LOCAL"]) / "documentos" / "exposicion" / "vitrinas.json"
    return list(json.loads(archivo.read_text(encoding="utf-8"))["vitrinas"])


def _publica(duena: Duena) -> str:
    vitrina = duena.puerta.montaje.almacen.vitrina(duena.folio)
    assert vitrina is not None
    return vitrina.publica


def _antes_de(monkeypatch: pytest.MonkeyPatch, donde: object, nombre: str, hacer: Callable[[], object]) -> None:
    """Mete otra pasada, una sola vez, justo antes de ese paso."""
    original, hecho = getattr(donde, nombre), list[int]()

    def paso(*cosas: Any) -> Any:
        if not hecho:
            hecho.append(1)
            hacer()
        return original(*cosas)

    monkeypatch.setattr(donde, nombre, paso)


def _lo_que_se_escribe(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    original, escritos = DepositoCarpeta.reemplazar, list[list[str]]()

    def reemplazar(deposito: DepositoCarpeta, llave: str, datos: bytes, tipo: str) -> None:
        escritos.append([v["id"] for v in json.loads(datos)["vitrinas"]])
        original(deposito, llave, datos, tipo)

    monkeypatch.setattr(DepositoCarpeta, "reemplazar", reemplazar)
    return escritos


@pytest.mark.parametrize(
    ("donde", "paso"),
    [(exponer, "_traer_fotos"), (exponer, "_lo_expuesto"), (DepositoCarpeta, "reemplazar"), (exponer, "_borrar_fotos")],
)
def test_una_pasada_vieja_no_vuelve_a_mostrar_a_quien_ya_salio(
    puerta: Puerta, ana: Duena, eva: Duena, monkeypatch: pytest.MonkeyPatch, donde: object, paso: str
) -> None:
    _publicar(ana, JPG)
    exponer.exponer()
    _publicar(eva)

    def sale_y_otra_pasada_termina() -> None:
        puerta.pasar(MINUTO)
        ana.hacer("retirar")
        assert exponer.exponer()["fallas"] == 0

    escritos = _lo_que_se_escribe(monkeypatch)
    _antes_de(monkeypatch, donde, paso, sale_y_otra_pasada_termina)
    assert exponer.exponer()["fallas"] == 0
    assert [v["id"] for v in _a_la_vista(puerta)] == [_publica(eva)]
    assert _fotos_expuestas(puerta) == []
    if paso in {"_traer_fotos", "_lo_expuesto"}:
        # Se dio cuenta antes de escribir: ni por un momento volvió a verse.
        assert escritos == [[_publica(eva)]]
    assert sum("sale del cat" in c.replace("=\n", "") for c in _correos(puerta)) <= 1


def test_si_cambia_en_cada_vuelta_se_deja_para_la_proxima_y_no_salen_correos(
    puerta: Puerta, ana: Duena, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publicar(ana)
    monkeypatch.setattr(exponer, "_escribir_si_sigue", lambda *_: False)
    hecho = exponer.exponer()
    assert (hecho["fallas"], hecho["al_dia"], hecho["correos"]) == (1, 0, 0)
    assert _correos(puerta) == []


@pytest.mark.parametrize("paso", ["reemplazar", "listar"])
def test_si_lo_expuesto_no_queda_al_dia_no_sale_ningun_correo(
    puerta: Puerta, ana: Duena, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paso: str
) -> None:
    _publicar(ana)
    exponer.exponer()
    antes = _correos(puerta)
    ana.hacer("retirar")

    def caido(*_: Any) -> None:
        raise DepositoNoResponde

    with monkeypatch.context() as roto:
        roto.setattr(DepositoCarpeta, paso, caido)
        assert exponer.exponer()["fallas"] == 1
        assert exponer.principal(["--salida", str(tmp_path / "copia")]) == 1
    assert not (tmp_path / "copia").exists()
    assert _correos(puerta) == antes
    exponer.exponer()
    assert (_a_la_vista(puerta), len(_correos(puerta))) == ([], len(antes) + 1)


def test_una_foto_que_falta_no_detiene_a_las_demas_ni_se_nombra(puerta: Puerta, ana: Duena, eva: Duena) -> None:
    primera, segunda = sorted((ana, eva), key=lambda d: d.folio)
    _publicar(primera, JPG)
    _publicar(segunda, PNG)
    for perdida, imagen in ((primera, JPG), (segunda, PNG)):
        vitrina = puerta.montaje.almacen.vitrina(perdida.folio)
        assert vitrina is not None
        llave = foto.llave(perdida.folio, next(iter(vitrina.fotos)))
        guardada = puerta.montaje.deposito.leer(llave)
        puerta.montaje.deposito.borrar(llave)
        assert exponer.exponer()["fallas"] == 1
        nombradas = [p["foto"] for v in _a_la_vista(puerta) for p in v["productos"] if p["foto"]]
        assert nombradas == [f"fotos/{f}" for f in _fotos_expuestas(puerta)]
        assert len(nombradas) == 1
        puerta.montaje.deposito.escribir(llave, guardada, "image/jpeg" if imagen is JPG else "image/png")
        assert exponer.exponer()["fallas"] == 0
        assert len(_fotos_expuestas(puerta)) == 2
        for expuesta in _fotos_expuestas(puerta):
            puerta.montaje.deposito.borrar(f"exposicion/fotos/{expuesta}")
    assert len(_correos(puerta)) == 2


def _danar(puerta: Puerta, folio: str) -> None:
    with sqlite3.connect(Path(puerta.entorno["ESTADO_LOCAL"]) / "almacen.sqlite") as base:
        (cuerpo,) = base.execute("SELECT cuerpo FROM vitrinas WHERE folio = ?", (folio,)).fetchone()
        crudo = json.loads(cuerpo)
        crudo["sellado"] = crudo["sellado"][:-8] + "AAAAAAA="
        base.execute("UPDATE vitrinas SET cuerpo = ? WHERE folio = ?", (json.dumps(crudo), folio))


def test_una_ficha_que_no_se_puede_leer_se_cuenta_y_las_demas_siguen(puerta: Puerta, ana: Duena, eva: Duena) -> None:
    tercera = Duena(puerta, 77_100_040)
    for una in (ana, eva, tercera):
        _publicar(una)
    exponer.exponer()
    assert len(_a_la_vista(puerta)) == 3
    eva.hacer("retirar")
    _danar(puerta, ana.folio)
    hecho = exponer.exponer()
    assert (hecho["fallas"], hecho["al_dia"], hecho["correos"]) == (1, 1, 1)
    assert [v["id"] for v in _a_la_vista(puerta)] == [_publica(tercera)]


def test_si_no_se_puede_leer_ninguna_no_se_borra_a_nadie(puerta: Puerta, ana: Duena) -> None:
    _publicar(ana)
    exponer.exponer()
    _danar(puerta, ana.folio)
    assert exponer.exponer()["al_dia"] == 0
    assert len(_a_la_vista(puerta)) == 1


def test_lo_aprobado_antes_que_no_se_publica_se_cuenta_como_falla(puerta: Puerta, ana: Duena, eva: Duena) -> None:
    _publicar(ana)
    _publicar(eva)
    vitrina = puerta.montaje.almacen.vitrina(ana.folio)
    assert vitrina is not None
    assert vitrina.publicado is not None
    malo = replace(vitrina.publicado, descripcion="Pan de <b>masa</b>")
    puerta.montaje.almacen.guardar_vitrina(replace(vitrina, version=vitrina.version + 1, publicado=malo))
    assert exponer.exponer()["fallas"] == 1
    assert [v["id"] for v in _a_la_vista(puerta)] == [_publica(eva)]


def test_lo_que_esperaba_cuando_el_mismo_rut_se_retiro_no_sale(puerta: Puerta, ana: Duena, eva: Duena) -> None:
    _publicar(ana)
    eva.armar()
    eva.enviar()
    hermana, publica = puerta.montaje.almacen.vitrina(eva.folio), _publica(ana)
    assert hermana is not None
    puerta.montaje.almacen.guardar_vitrina(replace(hermana, publica=publica, version=hermana.version + 1))
    puerta.pasar(MINUTO)
    ana.hacer("retirar")
    puerta.pasar(MINUTO)
    estado, cuerpo = _moderar(puerta, eva.folio, "publicar")
    assert (estado, list(cuerpo["campos"])) == (422, ["decision"])
    exponer.exponer()
    assert not puerta.montaje.deposito.listar("exposicion/")
    # Con el permiso dado de nuevo, sí.
    assert _moderar(puerta, eva.folio, "observar", "Envíala otra vez.")[0] == 200
    eva.enviar()
    assert _moderar(puerta, eva.folio, "publicar")[0] == 200
    exponer.exponer()
    assert [v["id"] for v in _a_la_vista(puerta)] == [publica]


def test_la_carpeta_aparte_queda_sin_las_fotos_de_quien_salio(puerta: Puerta, ana: Duena, tmp_path: Path) -> None:
    salida = tmp_path / "vitrinas"
    _publicar(ana, JPG)
    assert exponer.principal(["--salida", str(salida)]) == 0
    assert len(list((salida / "fotos").iterdir())) == 1
    (salida / "fotos" / "ajena.txt").write_text("no es de aquí", encoding="utf-8")
    ana.hacer("retirar")
    assert exponer.principal(["--salida", str(salida)]) == 0
    assert [a.name for a in (salida / "fotos").iterdir()] == ["ajena.txt"]
    assert json.loads((salida / "vitrinas.json").read_text(encoding="utf-8"))["vitrinas"] == []


def test_la_foto_que_otra_pestana_vuelve_a_guardar_no_se_borra(
    puerta: Puerta, ana: Duena, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.armar()
    ana.dejar_foto()
    con_foto = {"producto": "p1", "foto_alt": "Un pan redondo partido en dos"}
    ana.hacer("guardar_foto", **con_foto)

    def otra_pestana() -> None:
        ana.dejar_foto()
        assert ana.hacer("guardar_foto", **con_foto)[0] == 200

    _antes_de(monkeypatch, foto, "borrar_sobrantes", otra_pestana)
    ana.hacer("quitar_foto:p1")
    assert len(puerta.montaje.deposito.listar("vitrinas/")) == 1
