export const models = {
    id: "deepseek",
    models: {},
};
export default models;
