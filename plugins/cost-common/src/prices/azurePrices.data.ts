/**
 * Azure virtual machines: pay-as-you-go prices in US dollars an hour, for Linux;
 * data only.
 *
 * Source: the Azure Retail Prices API as Karpenter's Azure provider has it
 * (`zz_generated.pricing.go`, December 2023). That table mixes prices of Windows
 * into some sizes of the AMD series of generation 5; a series whose sizes are
 * multiples of each other is therefore given by the price of a vCPU that its
 * other sizes, and Azure's confidential series of the same price, agree on.
 *
 * `#` stands for the number of vCPUs.
 */

const TO_64 = [2, 4, 8, 16, 32, 48, 64];
const TO_96 = [...TO_64, 96];
const E_TO_48 = [2, 4, 8, 16, 20, 32, 48];
const E_TO_64 = [...E_TO_48, 64];
const E_TO_96 = [...E_TO_64, 96];

/** Price of one vCPU by region, and the sizes of the series. */
export const AZURE_SERIES: Array<{
  series: string[];
  sizes: number[];
  vcpuHour: Record<string, string>;
}> = [
  {
    series: ['D#_v3', 'D#s_v3'],
    sizes: TO_64,
    vcpuHour: { eastus: '0.048', westeurope: '0.06' },
  },
  {
    series: ['D#_v4', 'D#s_v4'],
    sizes: TO_64,
    vcpuHour: { eastus: '0.048', westeurope: '0.0575' },
  },
  {
    series: ['D#_v5', 'D#s_v5', 'D#a_v4', 'D#as_v4'],
    sizes: TO_96,
    vcpuHour: { eastus: '0.048', westeurope: '0.0575' },
  },
  {
    series: ['D#d_v4', 'D#ds_v4'],
    sizes: TO_64,
    vcpuHour: { eastus: '0.0565', westeurope: '0.068' },
  },
  {
    series: ['D#d_v5', 'D#ds_v5'],
    sizes: TO_96,
    vcpuHour: { eastus: '0.0565', westeurope: '0.068' },
  },
  {
    series: ['D#as_v5'],
    sizes: TO_96,
    vcpuHour: { eastus: '0.043', westeurope: '0.052' },
  },
  {
    series: ['D#ads_v5'],
    sizes: TO_96,
    vcpuHour: { eastus: '0.0515', westeurope: '0.0625' },
  },
  {
    series: ['D#ls_v5'],
    sizes: TO_96,
    vcpuHour: { eastus: '0.0425', westeurope: '0.0485' },
  },
  {
    series: ['D#lds_v5'],
    sizes: TO_96,
    vcpuHour: { eastus: '0.048', westeurope: '0.0555' },
  },
  {
    series: ['D#ps_v5'],
    sizes: TO_64,
    vcpuHour: { eastus: '0.0385', westeurope: '0.046' },
  },
  {
    series: ['D#pds_v5'],
    sizes: TO_64,
    vcpuHour: { eastus: '0.0452', westeurope: '0.0545' },
  },
  {
    series: ['D#pls_v5'],
    sizes: TO_64,
    vcpuHour: { eastus: '0.034', westeurope: '0.0388' },
  },
  {
    series: ['D#plds_v5'],
    sizes: TO_64,
    vcpuHour: { eastus: '0.0384', westeurope: '0.0445' },
  },
  {
    series: ['E#_v3', 'E#s_v3'],
    sizes: E_TO_48,
    vcpuHour: { eastus: '0.063', westeurope: '0.08' },
  },
  {
    series: ['E#_v4', 'E#s_v4'],
    sizes: E_TO_64,
    vcpuHour: { eastus: '0.063', westeurope: '0.076' },
  },
  {
    series: ['E#_v5', 'E#s_v5', 'E#a_v4', 'E#as_v4'],
    sizes: E_TO_96,
    vcpuHour: { eastus: '0.063', westeurope: '0.076' },
  },
  {
    series: ['E#d_v4', 'E#ds_v4'],
    sizes: E_TO_64,
    vcpuHour: { eastus: '0.072', westeurope: '0.0865' },
  },
  {
    series: ['E#d_v5', 'E#ds_v5'],
    sizes: E_TO_96,
    vcpuHour: { eastus: '0.072', westeurope: '0.0865' },
  },
  {
    series: ['E#as_v5'],
    sizes: E_TO_96,
    vcpuHour: { eastus: '0.0565', westeurope: '0.0685' },
  },
  {
    series: ['E#ads_v5'],
    sizes: E_TO_96,
    vcpuHour: { eastus: '0.0655', westeurope: '0.079' },
  },
  {
    series: ['E#ps_v5'],
    sizes: [2, 4, 8, 16, 20, 32],
    vcpuHour: { eastus: '0.0504', westeurope: '0.0608' },
  },
  {
    series: ['E#pds_v5'],
    sizes: [2, 4, 8, 16, 20, 32],
    vcpuHour: { eastus: '0.0576', westeurope: '0.069' },
  },
  {
    series: ['E#bs_v5'],
    sizes: [2, 4, 8, 16, 32, 48, 64, 96],
    vcpuHour: { eastus: '0.0745', westeurope: '0.089' },
  },
  {
    series: ['E#bds_v5'],
    sizes: [2, 4, 8, 16, 32, 48, 64, 96],
    vcpuHour: { eastus: '0.0835', westeurope: '0.0995' },
  },
  {
    series: ['L#s_v3'],
    sizes: [8, 16, 32, 48, 64, 80],
    vcpuHour: { eastus: '0.087' },
  },
  {
    series: ['L#as_v3', 'L#s_v2'],
    sizes: [8, 16, 32, 48, 64, 80],
    vcpuHour: { eastus: '0.078' },
  },
];

/** Sizes that are priced one by one, by region. */
export const AZURE_SIZES: Record<string, Record<string, string>> = {
  eastus: {
    B1ls: '0.0052',
    B1s: '0.0104',
    B1ms: '0.0207',
    B2s: '0.0416',
    B2ms: '0.0832',
    B4ms: '0.166',
    B8ms: '0.333',
    B12ms: '0.499',
    B16ms: '0.666',
    B20ms: '0.832',
    B2s_v2: '0.0832',
    B8s_v2: '0.333',
    B32s_v2: '1.331',
    D1_v2: '0.073',
    D2_v2: '0.146',
    D3_v2: '0.293',
    D4_v2: '0.585',
    D5_v2: '1.17',
    D11_v2: '0.185',
    D12_v2: '0.371',
    D13_v2: '0.741',
    D14_v2: '1.482',
    D15_v2: '1.853',
    DS1_v2: '0.073',
    DS2_v2: '0.146',
    DS3_v2: '0.293',
    DS4_v2: '0.585',
    DS5_v2: '1.17',
    DS11_v2: '0.185',
    DS12_v2: '0.371',
    DS13_v2: '0.741',
    DS14_v2: '1.482',
    DS15_v2: '1.853',
    E64_v3: '3.629',
    E64s_v3: '3.629',
    F1s: '0.0497',
    F2s: '0.099',
    F4s: '0.199',
    F8s: '0.398',
    F16s: '0.796',
    F2s_v2: '0.0846',
    F4s_v2: '0.169',
    F8s_v2: '0.338',
    F16s_v2: '0.677',
    F32s_v2: '1.353',
    F48s_v2: '2.03',
    F64s_v2: '2.706',
    F72s_v2: '3.045',
    NC4as_T4_v3: '0.526',
    NC8as_T4_v3: '0.752',
    NC16as_T4_v3: '1.204',
    NC64as_T4_v3: '4.352',
    NC6s_v3: '3.06',
    NC12s_v3: '6.12',
    NC24s_v3: '12.24',
    NC24rs_v3: '13.46',
    NC24ads_A100_v4: '3.673',
    NC48ads_A100_v4: '7.346',
    NC96ads_A100_v4: '14.692',
    ND40rs_v2: '22.032',
    ND96asr_v4: '27.197',
    ND96amsr_A100_v4: '32.77',
    ND96isr_H100_v5: '98.32',
    NV6ads_A10_v5: '0.454',
    NV12ads_A10_v5: '0.908',
    NV18ads_A10_v5: '1.6',
    NV36ads_A10_v5: '3.2',
    NV36adms_A10_v5: '4.52',
    NV72ads_A10_v5: '6.52',
  },
  westeurope: {
    B8ms: '0.384',
    D1_v2: '0.0679',
    D2_v2: '0.136',
    D3_v2: '0.272',
    D4_v2: '0.544',
    D5_v2: '1.087',
    DS1_v2: '0.0679',
    DS2_v2: '0.136',
    DS3_v2: '0.272',
    DS4_v2: '0.544',
    DS5_v2: '1.087',
    DS11_v2: '0.19',
    DS12_v2: '0.379',
    DS13_v2: '0.759',
    DS14_v2: '1.518',
    DS15_v2: '1.897',
  },
};

/**
 * Spot of the D and E series as a share of pay-as-you-go: representative. Azure
 * moves spot prices by region and size; public readings of D4s_v5 are 0.20 to
 * 0.22. Of other series none is known to this list.
 */
export const AZURE_SPOT: { share: string; series: RegExp } = {
  share: '0.20',
  series: /^Standard_[DE]\d/,
};
