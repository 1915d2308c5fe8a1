"""Los trabajos de fondo: los avisos salen, lo que falla vuelve más tarde y nada los detiene."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servidor.lazos import LOTE, Lazo, RepartoDeAvisos, auditoria, barrido, difusion, exposicion

AHORA = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Correo:
    """Un notificador con su almacén: lo que envía deja de estar pendiente, lo que rechaza no."""

    def __init__(self, *avisos: str) -> None:
        self.pendientes, self.enviados = list(avisos), []
        self.rechaza: set[str] = set()
        self.caido = False
        self.lotes: list[list[str]] = []
        self.segundo = 0.0
        self.reparto = RepartoDeAvisos(lambda tope: self.pendientes[:tope], self._recibir, lambda: AHORA, self._reloj)

    def _reloj(self) -> float:
        return self.segundo

    def _recibir(self, evento: dict[str, Any]) -> dict[str, Any]:
        if self.caido:
            raise ConnectionError("correo caído")
        avisos = {r["messageId"]: json.loads(r["body"])["aviso"] for r in evento["Records"]}
        self.lotes.append(list(avisos.values()))
        fallados = {mensaje for mensaje, aviso in avisos.items() if aviso in self.rechaza}
        for mensaje, aviso in avisos.items():
            if mensaje not in fallados:
                self.pendientes.remove(aviso)
                self.enviados.append(aviso)
        return {"batchItemFailures": [{"itemIdentifier": mensaje} for mensaje in fallados]}

    def vueltas(self, cuantas: int, cada: float = 1.0) -> None:
        for _ in range(cuantas):
            self.reparto.una_vuelta()
            self.segundo += cada


def test_los_avisos_salen_en_orden_y_en_lotes_de_diez() -> None:
    avisos = [f"aviso-{n:02}" for n in range(25)]
    correo = Correo(*avisos)
    correo.vueltas(3)
    assert correo.enviados == avisos
    assert [len(lote) for lote in correo.lotes] == [LOTE, LOTE, 5]


def test_sin_avisos_no_se_llama_a_nadie() -> None:
    correo = Correo()
    correo.vueltas(3)
    assert correo.lotes == []


def test_el_que_falla_vuelve_cada_vez_mas_tarde_y_no_repite_a_los_demas() -> None:
    correo = Correo("bueno", "malo")
    correo.rechaza = {"malo"}
    correo.vueltas(16)
    assert correo.enviados == ["bueno"]
    # Al segundo 0, 2, 6 y 14: dos, cuatro y ocho segundos después de cada intento.
    assert [lote for lote in correo.lotes if "malo" in lote] == [["bueno", "malo"], ["malo"], ["malo"], ["malo"]]
    correo.rechaza = set()
    correo.vueltas(60)
    assert correo.enviados == ["bueno", "malo"]


def test_los_que_fallan_no_tapan_a_los_nuevos() -> None:
    correo = Correo(*(f"malo-{n}" for n in range(30)))
    correo.rechaza = set(correo.pendientes)
    correo.vueltas(3)
    correo.pendientes.append("nuevo")
    correo.vueltas(20)
    assert correo.enviados == ["nuevo"]


def test_con_el_correo_caido_se_insiste_sin_perder_ninguno() -> None:
    correo = Correo("uno", "dos")
    correo.caido = True
    for _ in range(3):
        with pytest.raises(ConnectionError):
            correo.reparto.una_vuelta()
        correo.segundo += 60
    correo.caido = False
    correo.reparto.una_vuelta()
    assert correo.enviados == ["uno", "dos"]


def test_con_el_correo_caido_no_se_insiste_a_cada_segundo() -> None:
    llamadas = [0]

    def caido(evento: dict[str, Any]) -> None:
        llamadas[0] += 1
        raise ConnectionError

    reparto = RepartoDeAvisos(lambda tope: ["a"], caido, lambda: AHORA, lambda: 0.0)
    with pytest.raises(ConnectionError):
        reparto.una_vuelta()
    reparto.una_vuelta()
    assert llamadas == [1]


def test_el_numero_de_intentos_viaja_como_en_sqs() -> None:
    recibidos: list[str] = []

    def rechazar(evento: dict[str, Any]) -> dict[str, Any]:
        registro = evento["Records"][0]
        recibidos.append(registro["attributes"]["ApproximateReceiveCount"])
        return {"batchItemFailures": [{"itemIdentifier": registro["messageId"]}]}

    segundo = [0.0]
    reparto = RepartoDeAvisos(lambda tope: ["a"], rechazar, lambda: AHORA, lambda: segundo[0])
    for _ in range(3):
        reparto.una_vuelta()
        segundo[0] += 100
    assert recibidos == ["1", "2", "3"]


def test_un_notificador_que_no_devuelve_nada_no_detiene_el_reparto() -> None:
    reparto = RepartoDeAvisos(lambda tope: ["a"], lambda evento: None, lambda: AHORA)
    reparto.una_vuelta()


def test_el_barrido_recibe_el_evento_del_reloj() -> None:
    recibidos: list[dict[str, Any]] = []
    barrido(recibidos.append, lambda: AHORA)()
    assert recibidos[0]["time"] == "2026-11-23T12:00:00Z"


def test_la_difusion_recibe_el_evento_del_reloj() -> None:
    recibidos: list[dict[str, Any]] = []
    difusion(recibidos.append, lambda: AHORA)()
    assert recibidos[0]["resources"][0].endswith("rule/difundir")


def test_la_exposicion_recibe_el_evento_del_reloj() -> None:
    recibidos: list[dict[str, Any]] = []
    exposicion(recibidos.append, lambda: AHORA)()
    assert recibidos[0]["resources"][0].endswith("rule/exponer")


def _lazo(tarea: Callable[[], None]) -> Lazo:
    return Lazo("la prueba", 0.001, tarea)


def test_el_lazo_sobrevive_a_cualquier_falla_y_se_detiene_al_pedirlo(capfd: pytest.CaptureFixture[str]) -> None:
    veces, bastante = [0], threading.Event()

    def fallar() -> None:
        veces[0] += 1
        if veces[0] > 5:
            bastante.set()
        raise ValueError("rut 76086428-5")

    lazo = _lazo(fallar)
    lazo.start()
    assert bastante.wait(30)
    lazo.detener()
    lazo.join(30)
    assert not lazo.is_alive()
    registro = capfd.readouterr().err
    assert registro.count("Falló la prueba: ValueError") == 1
    assert "76086428" not in registro


def test_una_falla_que_vuelve_se_dice_otra_vez(capfd: pytest.CaptureFixture[str]) -> None:
    resultados = iter([True, True, False, True])

    def tarea() -> None:
        if next(resultados):
            raise ValueError

    lazo = _lazo(tarea)
    for _ in range(4):
        lazo.una_vez()
    assert capfd.readouterr().err.count("Falló") == 2


def test_la_auditoria_corre_una_vez_por_dia_y_si_falla_se_repite() -> None:
    recibidos: list[str] = []
    hora, sana = [AHORA], [False]

    def auditar(evento: dict[str, Any]) -> None:
        recibidos.append(evento["time"])
        if not sana[0]:
            raise OSError("no se pudo")

    tarea = auditoria(auditar, lambda: hora[0])
    with pytest.raises(OSError, match="no se pudo"):
        tarea()
    sana[0] = True
    tarea()
    tarea()
    assert len(recibidos) == 2
    hora[0] = AHORA + timedelta(days=1)
    tarea()
    assert len(recibidos) == 3
