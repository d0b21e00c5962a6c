/* Charts: draws each [data-hy-chart] from the figures in its JSON, on a canvas; the table beside it says the same. */
import { init, use } from 'echarts/core';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const COLOURS = ['#a4161a', '#1d4f86', '#b98a3c', '#2e8656', '#6b5b95', '#5f6672'];
const QUIET = '#565a63';
const LINE = '#e2e4e8';

function axes(figures) {
  const names = { type: 'category', data: figures.categories, axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false }, axisLabel: { color: QUIET, hideOverlap: true } };
  const values = { type: 'value', name: figures.unit, nameTextStyle: { color: QUIET }, minInterval: 1, splitLine: { lineStyle: { color: LINE } }, axisLabel: { color: QUIET } };
  if (figures.kind === 'ranking') { return { xAxis: Object.assign({}, values, { name: '' }), yAxis: Object.assign({}, names, { inverse: true }) }; }
  return { xAxis: names, yAxis: values };
}

function lines(figures) {
  return figures.series.map((series) => ({
    name: series.name,
    type: figures.kind === 'line' ? 'line' : 'bar',
    stack: figures.kind === 'stacked' ? 'all' : undefined,
    data: series.values,
    symbolSize: 6,
    barMaxWidth: 26,
    connectNulls: false,
  }));
}

function options(figures, font, still) {
  return Object.assign(axes(figures), {
    animation: !still,
    animationDuration: 300,
    color: COLOURS,
    textStyle: { fontFamily: font },
    aria: { enabled: false, decal: { show: figures.series.length > 1 && figures.kind !== 'line' } },
    grid: { left: 8, right: 16, top: 34, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { show: figures.series.length > 1, top: 0, right: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: QUIET } },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, axisPointer: { type: figures.kind === 'line' ? 'line' : 'shadow' } },
    series: lines(figures),
  });
}

const drawn = [];

function draw(place) {
  const canvas = place.querySelector('.hy-chart-canvas');
  const data = document.getElementById(place.getAttribute('data-hy-chart'));
  if (!canvas || !data || canvas.firstChild) { return; }
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const chart = init(canvas, null, { renderer: 'canvas' });
  chart.setOption(options(JSON.parse(data.textContent), window.getComputedStyle(document.body).fontFamily, still));
  drawn.push(chart);
}

window.addEventListener('resize', () => drawn.forEach((chart) => chart.resize()));
window.huiyinCharts = { drawAll: () => Array.prototype.forEach.call(document.querySelectorAll('[data-hy-chart]'), draw) };
